"""Mutants: small wrong changes of the source that the tests have to notice; run with `python -m tests.mutation`."""
