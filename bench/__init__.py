"""Measures the portal side by side with the bare thing; tests never time."""
