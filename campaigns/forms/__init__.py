"""Input about the campaign's work, a module for each noun."""
