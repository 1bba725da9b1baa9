"""Rows of the permission matrix: the day of a shift; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
volunteers:shift_day
    GET  own_running         302 403 200 200 403 403 403 403 403
    GET  foreign_running     302 403 403 403 403 403 403 403 403
volunteers:shift_day_code
    GET  own_running         302 403 302 302 403 403 403 403 403
    GET  foreign_running     302 403 403 403 403 403 403 403 403
volunteers:shift_day_mark
    POST own_running         302 403 422 422 403 403 403 403 403
    POST foreign_running     302 403 403 403 403 403 403 403 403
volunteers:shift_day_end
    POST own_running         302 403 302 302 403 403 403 403 403
    POST foreign_running     302 403 403 403 403 403 403 403 403
volunteers:check_in
    GET  own_running         302 200 200 200 200 200 200 200 200
    GET  foreign_running     302 200 200 200 200 200 200 200 200
    POST own_running         302 422 422 422 422 422 422 422 422
volunteers:own_code
    GET  -                   302 200 200 200 200 200 200 200 200
volunteers:check_in_scanned
    GET  own_code            302 403 200 200 403 403 403 403 403
    GET  foreign_code        302 403 403 403 403 403 403 403 403
    GET  forged_code         302 404 404 404 404 404 404 404 404
    POST own_code            302 403 422 422 403 403 403 403 403
    POST foreign_code        302 403 403 403 403 403 403 403 403
"""
