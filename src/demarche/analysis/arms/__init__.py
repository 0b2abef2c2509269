"""Arms against a reference under draws of an account: effects, doubt, what it is made of, and what carries them."""
