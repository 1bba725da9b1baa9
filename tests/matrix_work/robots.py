"""Rows of the permission matrix for chat robots; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
accounts:chat_robot
    GET  -                   302 200 200 200 200 200 200 200 200
    POST -                   302 422 422 422 422 422 422 422 422
accounts:chat_robot_test
    POST -                   302 302 302 302 302 302 302 302 302
accounts:chat_robot_remove
    POST -                   302 302 302 302 302 302 302 302 302
"""
