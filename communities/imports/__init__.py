"""Registers from files: what rows say and what in the register they mean.

Nothing here writes. Pages and commands read a file here, actions match its rows
against the register of the moment and write.
"""
