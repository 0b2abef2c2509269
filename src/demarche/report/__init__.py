"""Words and pages made from declarations and results."""
