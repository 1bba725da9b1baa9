"""Whole jobs in a browser against the running stack, one after the other."""
