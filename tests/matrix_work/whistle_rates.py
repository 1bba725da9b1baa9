"""Rows of the permission matrix: rates, people asked for; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
reports:whistle_rates
    GET  -                   302 403 403 200 200 200 200 200 200
reports:whistle_rate_rows
    GET  -                   302 403 403 422 422 422 422 422 422
volunteers:whistle_people
    GET  own_response_handling 302 404 404 200 200 200 200 200 200
    GET  foreign_response_handling 302 404 404 404 404 404 200 200 200
    POST own_response_handling 302 404 404 422 403 403 403 403 403
    POST foreign_response_handling 302 404 404 404 404 404 403 403 403
"""
