"""Rows of the permission matrix: kinds of messages; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
admin:message_kinds
    GET  -                   302 403 403 403 403 403 403 200 403
admin:message_kind
    GET  message_kind        302 403 403 403 403 403 403 200 403
    GET  unknown_kind        302 403 403 403 403 403 403 404 403
admin:message_kind_setting
    POST message_kind        302 403 403 403 403 403 403 302 403
    POST fixed_kind          302 403 403 403 403 403 403 404 403
    POST unknown_kind        302 403 403 403 403 403 403 404 403
admin:message_kind_text
    POST message_kind        302 403 403 403 403 403 403 422 403
    POST fixed_kind          302 403 403 403 403 403 403 404 403
    POST unknown_kind        302 403 403 403 403 403 403 404 403
"""
