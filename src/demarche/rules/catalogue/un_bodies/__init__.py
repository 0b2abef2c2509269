"""UN bodies: procedure, reviews, standing, norms."""
