"""The commands behind the Makefile; standard library only."""
