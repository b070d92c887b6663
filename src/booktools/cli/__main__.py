"""`python -m booktools.cli` does what `booktools` does."""

from booktools.cli.main import main

main()
