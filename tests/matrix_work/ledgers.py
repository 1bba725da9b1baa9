"""Permission matrix: ledgers, exports and the progress matrix; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
"""
