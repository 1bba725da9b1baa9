"""Rows of the permission matrix for evidence; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:photo_add
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 403 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:photo_remove
    POST own_draft           302 404 403 302 404 404 404 404 404
    POST own_published       302 404 403 302 403 403 403 403 403
    POST own_submitted       302 404 403 403 403 403 403 403 403
    POST own_approved        302 403 403 403 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 404 404 404 404 404 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:photo
    GET  own_draft           404 404 200 200 404 404 404 404 404
    GET  own_published       404 404 200 200 200 200 200 200 200
    GET  own_submitted       404 404 200 200 200 200 200 200 200
    GET  own_approved        200 200 200 200 200 200 200 200 200
    GET  own_long_ended      404 404 404 200 200 200 200 200 200
    GET  foreign_draft       404 404 404 404 404 404 404 404 404
    GET  foreign_published   404 404 404 404 404 404 200 200 200
    GET  foreign_submitted   404 404 404 404 404 404 200 200 200
"""
