"""The class game: a room in which seats move, one world, one log; the server is a thin shell around it."""
