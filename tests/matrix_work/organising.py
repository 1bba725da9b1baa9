"""Rows of the permission matrix: organising shifts; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
volunteers:shift_series_create
    GET  own_draft                   302 404 403 200 404 404 404 404 404
    GET  own_published               302 403 403 200 403 403 403 403 403
    GET  foreign_draft               302 404 404 404 404 404 404 404 404
    GET  foreign_published           302 403 403 403 403 403 403 403 403
    POST own_draft                   302 404 403 422 404 404 404 404 404
    POST own_published               302 403 403 422 403 403 403 403 403
    POST foreign_draft               302 404 404 404 404 404 404 404 404
    POST foreign_published           302 403 403 403 403 403 403 403 403
volunteers:shift_series_copy
    GET  own_draft                   302 404 403 200 404 404 404 404 404
    GET  own_published               302 403 403 200 403 403 403 403 403
    GET  foreign_draft               302 404 404 404 404 404 404 404 404
    GET  foreign_published           302 403 403 403 403 403 403 403 403
    POST own_draft                   302 404 403 422 404 404 404 404 404
    POST own_published               302 403 403 422 403 403 403 403 403
    POST foreign_draft               302 404 404 404 404 404 404 404 404
    POST foreign_published           302 403 403 403 403 403 403 403 403
volunteers:shift_rule_create
    GET  own_draft                   302 404 403 200 404 404 404 404 404
    GET  own_published               302 403 403 200 403 403 403 403 403
    GET  foreign_draft               302 404 404 404 404 404 404 404 404
    GET  foreign_published           302 403 403 403 403 403 403 403 403
    POST own_draft                   302 404 403 422 404 404 404 404 404
    POST own_published               302 403 403 422 403 403 403 403 403
    POST foreign_draft               302 404 404 404 404 404 404 404 404
    POST foreign_published           302 403 403 403 403 403 403 403 403
volunteers:shift_rule_detail
    GET  own_draft_rule              302 404 404 200 404 404 404 404 404
    GET  own_published_rule          302 403 403 200 403 403 403 403 403
    GET  foreign_draft_rule          302 404 404 404 404 404 404 404 404
    GET  foreign_published_rule      302 403 403 403 403 403 403 403 403
volunteers:shift_rule_edit
    GET  own_draft_rule              302 404 404 200 404 404 404 404 404
    GET  own_published_rule          302 403 403 200 403 403 403 403 403
    GET  foreign_draft_rule          302 404 404 404 404 404 404 404 404
    GET  foreign_published_rule      302 403 403 403 403 403 403 403 403
    POST own_draft_rule              302 404 404 422 404 404 404 404 404
    POST own_published_rule          302 403 403 422 403 403 403 403 403
    POST foreign_draft_rule          302 404 404 404 404 404 404 404 404
    POST foreign_published_rule      302 403 403 403 403 403 403 403 403
volunteers:shift_rule_end
    POST own_draft_rule              302 404 404 302 404 404 404 404 404
    POST own_published_rule          302 403 403 302 403 403 403 403 403
    POST foreign_draft_rule          302 404 404 404 404 404 404 404 404
    POST foreign_published_rule      302 403 403 403 403 403 403 403 403
volunteers:post_list
    GET  own_draft_organised         302 404 404 200 404 404 404 404 404
    GET  own_published_organised     302 403 403 200 403 403 403 403 403
    GET  foreign_draft_organised     302 404 404 404 404 404 404 404 404
    GET  foreign_published_organised 302 403 403 403 403 403 403 403 403
    POST own_draft_organised         302 404 404 422 404 404 404 404 404
    POST own_published_organised     302 403 403 422 403 403 403 403 403
    POST foreign_draft_organised     302 404 404 404 404 404 404 404 404
    POST foreign_published_organised 302 403 403 403 403 403 403 403 403
volunteers:post_edit
    GET  own_draft_post              302 404 404 200 404 404 404 404 404
    GET  own_published_post          302 403 403 200 403 403 403 403 403
    GET  foreign_draft_post          302 404 404 404 404 404 404 404 404
    GET  foreign_published_post      302 403 403 403 403 403 403 403 403
    POST own_draft_post              302 404 404 422 404 404 404 404 404
    POST own_published_post          302 403 403 422 403 403 403 403 403
    POST foreign_draft_post          302 404 404 404 404 404 404 404 404
    POST foreign_published_post      302 403 403 403 403 403 403 403 403
volunteers:shift_message_create
    GET  own_draft_organised         302 404 404 200 404 404 404 404 404
    GET  own_published_organised     302 403 403 200 403 403 403 403 403
    GET  foreign_draft_organised     302 404 404 404 404 404 404 404 404
    GET  foreign_published_organised 302 403 403 403 403 403 403 403 403
    POST own_draft_organised         302 404 404 422 404 404 404 404 404
    POST own_published_organised     302 403 403 422 403 403 403 403 403
    POST foreign_draft_organised     302 404 404 404 404 404 404 404 404
    POST foreign_published_organised 302 403 403 403 403 403 403 403 403
"""
