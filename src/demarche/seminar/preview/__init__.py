"""Before a class plays: which seats weigh anything, whether votes can be won, how soon the account can be guessed."""
