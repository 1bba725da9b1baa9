"""Pages of the registers, a module for each noun."""
