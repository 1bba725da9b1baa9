"""Rows of the permission matrix: whistles, boards and lists; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
"""
