"""Rows of the permission matrix: the audit log; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
communities:audit_list
    GET  -                   302 403 403 403 403 403 403 200 200
communities:audit_history
    GET  own_log             302 403 403 403 403 403 403 200 200
    GET  foreign_log         302 403 403 403 403 403 403 200 200
    GET  unknown_log         302 403 403 403 403 403 403 404 404
"""
