"""Rows of the permission matrix: whistles, dispatch and answers; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:whistle_dispatch
    GET  own_whistle_issued      302 404 404 404 200 403 403 200 403
    GET  own_whistle_asked       302 404 404 403 200 403 403 200 403
    GET  own_whistle_draft       302 404 404 404 404 403 404 404 404
    GET  foreign_whistle_asked   302 404 404 404 404 404 403 200 403
    POST own_whistle_issued      302 404 404 404 422 403 403 422 403
campaigns:whistle_send_back
    GET  own_whistle_issued      302 404 404 404 200 403 403 200 403
    GET  foreign_whistle_issued  302 404 404 404 404 404 403 200 403
    POST own_whistle_issued      302 404 404 404 422 403 403 422 403
campaigns:whistle_merge
    GET  own_whistle_issued      302 404 404 404 200 403 403 200 403
    GET  own_whistle_handling    302 404 404 403 200 403 403 200 403
    GET  foreign_whistle_issued  302 404 404 404 404 404 403 200 403
    POST own_whistle_issued      302 404 404 404 422 403 403 422 403
campaigns:response_release
    GET  own_response_asked      302 404 404 403 200 403 403 200 403
    GET  foreign_response_asked  302 404 404 404 404 404 403 200 403
    POST own_response_asked      302 404 404 403 422 403 403 422 403
campaigns:response_accept
    POST own_response_asked      302 404 404 302 403 403 403 403 403
    POST foreign_response_asked  302 404 404 404 404 404 403 403 403
campaigns:response_return
    GET  own_response_asked      302 404 404 200 403 403 403 403 403
    GET  foreign_response_asked  302 404 404 404 404 404 403 403 403
    POST own_response_asked      302 404 404 422 403 403 403 403 403
campaigns:response_log
    GET  own_response_handling   302 404 404 200 403 403 403 403 403
    GET  foreign_response_handling 302 404 404 404 404 404 403 403 403
    POST own_response_handling   302 404 404 422 403 403 403 403 403
campaigns:response_extension
    GET  own_response_handling   302 404 404 200 403 403 403 403 403
    GET  foreign_response_handling 302 404 404 404 404 404 403 403 403
    POST own_response_handling   302 404 404 422 403 403 403 403 403
campaigns:response_deliver
    GET  own_response_handling   302 404 404 200 403 403 403 403 403
    GET  foreign_response_handling 302 404 404 404 404 404 403 403 403
    POST own_response_handling   302 404 404 422 403 403 403 403 403
campaigns:whistle_contact
    POST own_whistle_issued      302 404 404 404 403 200 403 403 403
    POST own_whistle_asked       302 404 404 403 403 200 403 403 403
    POST own_whistle_handling    302 404 404 200 403 200 403 403 403
    POST foreign_whistle_handling 302 404 404 404 404 404 403 403 403
campaigns:whistle_photo
    GET  own_whistle_photo       302 404 404 200 200 200 200 200 200
    GET  own_whistle_draft_photo 302 404 404 404 404 200 404 404 404
    GET  foreign_whistle_photo   302 404 404 404 404 404 200 200 200
campaigns:whistle_photo_small
    GET  own_whistle_photo       302 404 404 200 200 200 200 200 200
    GET  own_whistle_draft_photo 302 404 404 404 404 200 404 404 404
    GET  foreign_whistle_photo   302 404 404 404 404 404 200 200 200
"""
