"""Non-governmental organisations: means, evidence, society."""
