"""Rules of the focal state: answers, arrests, and what it does with those it holds."""
