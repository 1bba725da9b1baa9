"""Rows of the permission matrix: certificates and feeds; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
volunteers:certificate_list
    GET  -                   302 200 200 200 200 200 200 200 200
    POST -                   302 422 422 422 422 422 422 422 422
volunteers:certificate_detail
    GET  own_certificate     302 200 404 404 404 404 404 404 404
    GET  foreign_certificate 302 404 404 404 404 404 404 404 404
volunteers:certificate_pdf
    GET  foreign_certificate 302 404 404 404 404 404 404 404 404
volunteers:certificate_check
    GET  -                   200 200 200 200 200 200 200 200 200
volunteers:certificate_verify
    GET  own_number          200 200 200 200 200 200 200 200 200
    GET  foreign_number      200 200 200 200 200 200 200 200 200
    GET  unknown_number      404 404 404 404 404 404 404 404 404
volunteers:calendar_renew
    POST -                   302 302 302 302 302 302 302 302 302
volunteers:calendar_close
    POST -                   302 302 302 302 302 302 302 302 302
volunteers:calendar_feed
    GET  own_calendar        200 200 200 200 200 200 200 200 200
    GET  unknown_calendar    404 404 404 404 404 404 404 404 404
"""
