"""Input about the registers to clean values, a module for each noun."""
