"""Turnout: volunteers, shifts, sign-ups."""
