"""Reads every floor below: home, desk, exported reports. It has no models."""
