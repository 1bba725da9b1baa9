"""Rows of the permission matrix: whistles of the community; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:whistle_create
    GET  -                           302 403 403 403 403 200 403 403 403
    POST -                           302 403 403 403 403 422 403 403 403
campaigns:whistle_detail
    GET  own_whistle_draft           302 404 404 404 404 200 404 404 404
    GET  own_whistle_issued          302 404 404 404 200 200 200 200 200
    GET  own_whistle_asked           302 404 404 200 200 200 200 200 200
    GET  own_whistle_delivered       302 404 404 200 200 200 200 200 200
    GET  foreign_whistle_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_whistle_asked       302 404 404 404 404 404 200 200 200
campaigns:whistle_edit
    GET  own_whistle_draft           302 404 404 404 404 200 404 404 404
    GET  own_whistle_asked           302 404 404 403 403 302 403 403 403
    GET  foreign_whistle_asked       302 404 404 404 404 404 403 403 403
    POST own_whistle_draft           302 404 404 404 404 422 404 404 404
    POST foreign_whistle_draft       302 404 404 404 404 404 404 404 404
campaigns:whistle_photo_add
    GET  own_whistle_draft           302 404 404 404 404 200 404 404 404
    GET  own_whistle_asked           302 404 404 403 403 200 403 403 403
    GET  foreign_whistle_asked       302 404 404 404 404 404 403 403 403
    POST own_whistle_asked           302 404 404 403 403 422 403 403 403
    POST foreign_whistle_asked       302 404 404 404 404 404 403 403 403
campaigns:whistle_photo_remove
    POST own_whistle_draft_photo     302 404 404 404 404 302 404 404 404
    POST own_whistle_photo           302 404 404 403 403 302 403 403 403
    POST foreign_whistle_photo       302 404 404 404 404 404 403 403 403
campaigns:whistle_issue
    POST own_whistle_draft           302 404 404 404 404 422 404 404 404
    POST own_whistle_asked           302 404 404 403 403 422 403 403 403
    POST foreign_whistle_issued      302 404 404 404 404 404 403 403 403
campaigns:whistle_withdraw
    POST own_whistle_asked           302 404 404 403 403 422 403 403 403
    POST foreign_whistle_asked       302 404 404 404 404 404 403 403 403
campaigns:whistle_verify
    POST own_whistle_delivered       302 404 404 403 403 302 403 403 403
    POST foreign_whistle_delivered   302 404 404 404 404 404 403 403 403
campaigns:whistle_reopen
    POST own_whistle_delivered       302 404 404 403 403 422 403 403 403
    POST foreign_whistle_delivered   302 404 404 404 404 404 403 403 403
campaigns:whistle_rate
    GET  own_whistle_asked           302 404 404 403 403 302 403 403 403
    GET  own_whistle_delivered       302 404 404 403 403 200 403 403 403
    GET  foreign_whistle_delivered   302 404 404 404 404 404 403 403 403
    POST own_whistle_delivered       302 404 404 403 403 422 403 403 403
    POST foreign_whistle_delivered   302 404 404 404 404 404 403 403 403
campaigns:extension_answer
    POST own_whistle_extension       302 404 404 403 403 422 403 403 403
    POST foreign_whistle_extension   302 404 404 404 404 404 403 403 403
"""
