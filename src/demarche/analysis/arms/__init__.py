"""Arms against a reference under draws of an account: effects, doubt, what the doubt is made of, and what carries it."""
