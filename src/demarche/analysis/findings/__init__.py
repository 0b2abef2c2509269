"""What the scenarios of the library show, found by running them and kept with the package."""
