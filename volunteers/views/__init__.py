"""Pages of turnout, a module for each noun."""
