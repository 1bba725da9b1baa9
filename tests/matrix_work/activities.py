"""Rows of the permission matrix for activities; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
accounts:draft_save
    POST draft_key           302 204 204 204 204 204 204 204 204
accounts:draft_discard
    POST draft_key           302 302 302 302 302 302 302 302 302
campaigns:organization_activities
    GET  own_organization    200 200 200 200 200 200 200 200 200
    GET  foreign_organization 200 200 200 200 200 200 200 200 200
campaigns:activity_list
    GET  -                   302 403 403 200 403 403 403 403 403
campaigns:activity_choose
    GET  -                   302 403 403 200 403 403 403 403 403
campaigns:activity_create
    GET  -                   302 403 403 200 403 403 403 403 403
    POST -                   302 403 403 422 403 403 403 403 403
campaigns:activity_detail
    GET  own_draft           404 404 200 200 404 404 404 404 404
    GET  own_published       200 200 200 200 200 200 200 200 200
    GET  own_submitted       404 404 200 200 200 200 200 200 200
    GET  own_approved        200 200 200 200 200 200 200 200 200
    GET  own_long_ended      404 404 404 200 200 200 200 200 200
    GET  foreign_draft       404 404 404 404 404 404 404 404 404
    GET  foreign_published   200 200 200 200 200 200 200 200 200
    GET  foreign_submitted   404 404 404 404 404 404 200 200 200
campaigns:activity_edit
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 403 403 403 403 403 403
    GET  own_approved        302 403 403 403 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 403 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:activity_publish
    POST own_draft           302 404 403 302 404 404 404 404 404
    POST own_published       302 403 403 302 403 403 403 403 403
    POST own_submitted       302 404 403 302 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:activity_submit
    POST own_draft           302 404 403 302 404 404 404 404 404
    POST own_published       302 403 403 302 403 403 403 403 403
    POST own_submitted       302 404 403 302 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:partner_invite
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_submitted       302 404 403 403 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
campaigns:partner_answer
    POST own_invitation      302 404 404 302 404 404 403 403 403
    POST foreign_invitation  302 404 404 404 404 404 403 403 403
campaigns:partner_withdraw
    POST own_invitation      302 404 404 302 404 404 403 403 403
    POST foreign_invitation  302 404 404 404 404 404 403 403 403
campaigns:claim_activity
    GET  own_claim           302 404 404 200 200 200 200 200 200
    GET  foreign_claim       302 404 404 404 404 404 200 200 200
    POST own_claim           302 404 404 302 403 403 403 403 403
    POST foreign_claim       302 404 404 404 404 404 403 403 403
"""
