"""Demonstration data: plainly invented people and activities on the real register."""
