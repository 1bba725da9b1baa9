"""Registers: organisations, communities, memberships, pairings."""
