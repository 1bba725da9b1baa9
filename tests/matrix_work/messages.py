"""Rows of the permission matrix: what people choose about messages."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
accounts:notification_read
    POST volunteers_message  302 302 404 404 404 404 404 404 404
    POST others_message      302 404 404 404 404 404 404 404 404
accounts:message_choices
    GET  -                   302 200 200 200 200 200 200 200 200
    POST -                   302 302 302 302 302 302 302 302 302
accounts:unsubscribe
    GET  unsubscribing       200 200 200 200 200 200 200 200 200
    GET  forged              404 404 404 404 404 404 404 404 404
    POST unsubscribing       422 422 422 422 422 422 422 422 422
    POST forged              404 404 404 404 404 404 404 404 404
"""
