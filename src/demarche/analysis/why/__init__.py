"""Why something happened in a run: the reasons as data, for a terminal, a page or a program."""
