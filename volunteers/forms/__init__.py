"""Input about turnout, a module for each noun."""
