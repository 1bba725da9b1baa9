"""Permission matrix: stories, consents and the convention; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
"""
