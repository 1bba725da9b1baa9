"""Rows of the permission matrix for reviews; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:activity_review
    POST own_draft           302 404 403 403 404 404 404 404 404
    POST own_published       302 403 403 403 403 403 403 403 403
    POST own_submitted       302 404 403 403 403 403 403 422 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 422 403
campaigns:review_list
    GET  -                   302 403 403 403 403 403 403 200 403
campaigns:review_chosen
    GET  -                   302 403 403 403 403 403 403 200 403
    POST -                   302 403 403 403 403 403 403 422 403
"""
