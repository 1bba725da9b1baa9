"""Rows of the permission matrix: rates, people asked for; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
reports:whistle_rates
    GET  -                   302 403 403 200 200 200 200 200 200
reports:whistle_rate_rows
    GET  -                   302 403 403 422 422 422 422 422 422
"""
