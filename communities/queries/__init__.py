"""Reads that join registers, a module for each noun."""
