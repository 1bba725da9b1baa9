"""Codes of the day: the rotating code of a shift, a person's own code."""
