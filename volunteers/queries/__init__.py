"""Reads of turnout, a module for each noun."""
