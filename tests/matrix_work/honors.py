"""Rows of the permission matrix for honours; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:honor_list
    GET  -                   200 200 200 200 200 200 200 200 200
campaigns:honor_notices
    GET  -                   200 200 200 200 200 200 200 200 200
campaigns:honor_detail
    GET  own_honor           404 404 404 200 404 404 200 200 200
    GET  own_honor_notice    200 200 200 200 200 200 200 200 200
    GET  own_family_honor    404 404 404 404 404 200 404 404 404
    GET  own_hidden_honor    404 404 404 404 200 200 200 200 200
    GET  foreign_honor       404 404 404 404 404 404 200 200 200
    GET  foreign_honor_notice 200 200 200 200 200 200 200 200 200
    GET  foreign_hidden_honor 404 404 404 404 404 404 200 200 200
campaigns:honor_object
    POST own_honor           302 404 404 422 404 404 422 422 422
    POST own_honor_notice    302 422 422 422 422 422 422 422 422
    POST own_hidden_honor    302 404 404 404 422 422 422 422 422
    POST foreign_honor       302 404 404 404 404 404 422 422 422
    POST foreign_honor_notice 302 422 422 422 422 422 422 422 422
campaigns:honor_desk
    GET  -                   302 403 403 200 200 200 200 200 200
campaigns:honor_create
    GET  -                   302 403 403 200 403 200 403 403 403
    POST -                   302 403 403 422 403 422 403 403 403
campaigns:honor_edit
    GET  own_honor           302 404 404 200 404 404 403 403 403
    GET  own_honor_notice    302 403 403 403 403 403 403 403 403
    GET  own_family_honor    302 404 404 404 404 200 404 404 404
    GET  foreign_honor       302 404 404 404 404 404 403 403 403
    POST own_honor           302 404 404 422 404 404 403 403 403
    POST own_honor_notice    302 403 403 403 403 403 403 403 403
    POST own_family_honor    302 404 404 404 404 422 404 404 404
    POST foreign_honor       302 404 404 404 404 404 403 403 403
campaigns:honor_apply
    POST own_honor           302 404 404 302 404 404 403 403 403
    POST own_honor_notice    302 403 403 302 403 403 403 403 403
    POST own_family_honor    302 404 404 404 404 302 404 404 404
    POST foreign_honor       302 404 404 404 404 404 403 403 403
campaigns:honor_withdraw
    GET  own_honor           302 404 404 200 404 404 403 403 403
    GET  own_family_honor    302 404 404 404 404 200 404 404 404
    GET  foreign_honor       302 404 404 404 404 404 403 403 403
    POST own_honor           302 404 404 422 404 404 403 403 403
    POST own_family_honor    302 404 404 404 404 422 404 404 404
    POST foreign_honor       302 404 404 404 404 404 403 403 403
campaigns:honor_check
    POST own_honor_applied   302 404 404 403 404 404 403 422 403
    POST own_honor_notice    302 403 403 403 403 403 403 422 403
    POST foreign_honor_applied 302 404 404 404 404 404 403 422 403
campaigns:honor_notice
    GET  -                   302 403 403 403 403 403 403 200 403
    POST -                   302 403 403 403 403 403 403 302 403
campaigns:honor_award
    GET  -                   302 403 403 403 403 403 403 200 403
    POST -                   302 403 403 403 403 403 403 302 403
campaigns:honor_yearly
    GET  own_honor_notice    302 403 403 403 403 403 403 200 403
    GET  foreign_hidden_honor 302 404 404 404 404 404 403 200 403
    POST own_honor_notice    302 403 403 403 403 403 403 422 403
    POST foreign_hidden_honor 302 404 404 404 404 404 403 422 403
campaigns:honor_revoke
    GET  own_honor_notice    302 403 403 403 403 403 403 200 403
    GET  foreign_hidden_honor 302 404 404 404 404 404 403 200 403
    POST own_honor_notice    302 403 403 403 403 403 403 422 403
    POST foreign_hidden_honor 302 404 404 404 404 404 403 422 403
campaigns:objection_answer
    GET  own_objection       302 404 404 403 404 404 403 200 403
    GET  foreign_objection   302 404 404 404 404 404 403 200 403
    POST own_objection       302 404 404 403 404 404 403 422 403
    POST foreign_objection   302 404 404 404 404 404 403 422 403
"""
