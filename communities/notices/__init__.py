"""Messages about the registers: to whom, which words; a module for each noun."""
