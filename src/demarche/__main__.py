"""`python -m demarche`, for where the command itself is not on the path."""

from demarche.cli.main import main

if __name__ == "__main__":
    main()
