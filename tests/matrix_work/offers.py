"""Rows of the permission matrix: offers and posts; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
volunteers:offer_accept
    POST volunteers_offer    302 302 404 403 404 404 404 404 404
    POST own_offer           302 404 404 403 404 404 404 404 404
    POST foreign_offer       302 404 404 404 404 404 404 404 404
volunteers:signup_create
    POST own_shift_with_posts 302 409 409 409 409 409 409 409 409
"""
