"""Ways out of the portal; one module each, behind the interface of base.py."""
