"""Non-governmental organisations and their donors: what they work on, do, learn, earn and change."""
