"""Rows of the permission matrix: groups; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
volunteers:group_create
    GET  own_group_shift     302 200 200 200 200 200 200 200 200
    GET  foreign_group_shift 302 200 200 200 200 200 200 200 200
    POST own_group_shift     302 422 422 422 422 422 422 422 422
    POST foreign_group_shift 302 422 422 422 422 422 422 422 422
volunteers:group_detail
    GET  volunteers_group    302 200 200 200 200 200 200 200 200
    GET  own_group           302 200 200 200 200 200 200 200 200
    GET  foreign_group       302 200 200 200 200 200 200 200 200
volunteers:group_join
    POST volunteers_group    302 409 302 302 302 302 302 302 302
    POST foreign_group       302 409 302 302 302 302 302 302 302
volunteers:companion_leave
    POST volunteers_companion 302 302 404 404 404 404 404 404 404
    POST own_companion       302 404 404 404 404 404 404 404 404
    POST foreign_companion   302 404 404 404 404 404 404 404 404
volunteers:companion_name
    POST volunteers_companion 302 422 404 404 404 404 404 404 404
    POST own_companion       302 404 404 404 404 404 404 404 404
    POST foreign_companion   302 404 404 404 404 404 404 404 404
"""
