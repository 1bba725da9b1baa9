"""Rows of the permission matrix: whistles, dispatch and answers; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
"""
