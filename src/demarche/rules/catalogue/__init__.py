"""The rules, one module per strand of behaviour; found by `demarche.rules.find`."""
