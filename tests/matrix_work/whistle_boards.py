"""Rows of the permission matrix: whistles, boards and lists; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:whistle_board
    GET  -                   302 403 403 200 200 200 200 200 200
campaigns:whistle_list
    GET  -                   302 403 403 200 200 200 200 200 200
"""
