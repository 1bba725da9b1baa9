"""Permission matrix: stories, consents and the convention; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:story_list
    GET  -                   200 200 200 200 200 200 200 200 200
campaigns:story_detail
    GET  own_story           404 404 404 200 404 200 404 404 404
    GET  own_story_submitted 404 404 404 200 200 200 200 200 200
    GET  own_story_published 200 200 200 200 200 200 200 200 200
    GET  foreign_story       404 404 404 404 404 404 404 404 404
    GET  foreign_story_submitted 404 404 404 404 404 404 200 200 200
    GET  foreign_story_published 200 200 200 200 200 200 200 200 200
campaigns:desk_story_list
    GET  -                   302 403 403 200 200 200 200 200 200
campaigns:story_create
    GET  -                   302 403 403 200 403 200 403 403 403
    POST -                   302 403 403 422 403 422 403 403 403
campaigns:story_edit
    GET  own_story           302 404 404 200 404 200 404 404 404
    GET  own_story_submitted 302 404 404 403 403 403 403 403 403
    GET  foreign_story       302 404 404 404 404 404 404 404 404
    GET  foreign_story_published 302 403 403 403 403 403 403 403 403
    POST own_story           302 404 404 422 404 422 404 404 404
    POST own_story_published 302 403 403 403 403 403 403 403 403
    POST foreign_story       302 404 404 404 404 404 404 404 404
campaigns:story_submit
    POST own_story           302 404 404 302 404 302 404 404 404
    POST own_story_submitted 302 404 404 302 403 302 403 403 403
    POST foreign_story       302 404 404 404 404 404 404 404 404
    POST foreign_story_published 302 403 403 403 403 403 403 403 403
campaigns:story_publish
    POST own_story_submitted 302 404 404 403 403 403 403 302 403
    POST foreign_story_submitted 302 404 404 404 404 404 403 302 403
    POST foreign_story_published 302 403 403 403 403 403 403 302 403
campaigns:story_return
    POST own_story_submitted 302 404 404 403 403 403 403 422 403
    POST foreign_story_submitted 302 404 404 404 404 404 403 422 403
campaigns:story_hide
    GET  own_story_published 302 403 403 200 403 200 403 200 403
    GET  foreign_story_published 302 403 403 403 403 403 403 200 403
    POST own_story_published 302 403 403 422 403 422 403 422 403
    POST foreign_story_published 302 403 403 403 403 403 403 422 403
campaigns:story_withdraw
    GET  own_story           302 404 404 200 404 200 404 404 404
    GET  foreign_story_submitted 302 404 404 404 404 404 403 200 403
    POST own_story           302 404 404 422 404 422 404 404 404
    POST foreign_story_submitted 302 404 404 404 404 404 403 422 403
campaigns:story_consent
    POST own_story           302 404 404 422 404 422 404 404 404
    POST own_story_submitted 302 404 404 422 403 422 403 403 403
    POST foreign_story       302 404 404 404 404 404 404 404 404
    POST foreign_story_published 302 403 403 403 403 403 403 403 403
campaigns:honor_consent
    POST own_family_honor    302 404 404 404 404 422 404 404 404
    POST own_honor_notice    302 403 403 403 403 403 403 403 403
    POST foreign_hidden_honor 302 404 404 404 404 404 403 403 403
campaigns:consent_withdraw
    POST own_consent         302 404 404 302 403 302 403 302 403
    POST foreign_consent     302 404 404 404 404 404 403 302 403
campaigns:consent_slip
    GET  own_consent         302 404 404 200 403 200 403 403 403
    GET  foreign_consent     302 404 404 404 404 404 403 403 403
campaigns:consent_page
    GET  own_token           200 200 200 200 200 200 200 200 200
    GET  unknown_token       404 404 404 404 404 404 404 404 404
    POST own_token           422 422 422 422 422 422 422 422 422
    POST unknown_token       404 404 404 404 404 404 404 404 404
campaigns:convention
    GET  -                   200 200 200 200 200 200 200 200 200
campaigns:convention_version
    GET  convention          200 200 200 200 200 200 200 200 200
    GET  old_convention      200 200 200 200 200 200 200 200 200
    GET  draft_convention    404 404 404 404 404 404 404 404 404
campaigns:convention_communities
    GET  -                   200 200 200 200 200 200 200 200 200
campaigns:pledge_create
    POST -                   302 422 422 422 422 422 422 422 422
campaigns:pledge_withdraw
    POST -                   302 302 302 302 302 302 302 302 302
campaigns:desk_convention_list
    GET  -                   302 403 403 403 403 403 403 200 403
campaigns:desk_convention
    GET  convention          302 403 403 403 403 403 403 200 403
    GET  draft_convention    302 403 403 403 403 403 403 200 403
campaigns:convention_create
    GET  -                   302 403 403 403 403 403 403 200 403
    POST -                   302 403 403 403 403 403 403 422 403
campaigns:convention_edit
    GET  draft_convention    302 403 403 403 403 403 403 200 403
    POST draft_convention    302 403 403 403 403 403 403 422 403
campaigns:convention_publish
    POST draft_convention    302 403 403 403 403 403 403 302 403
    POST old_convention      302 403 403 403 403 403 403 302 403
"""
