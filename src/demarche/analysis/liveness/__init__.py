"""What is alive: how far each link, base rate, number and rule moves outcomes, and how far forced conduct does."""
