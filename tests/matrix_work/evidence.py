"""Rows of the permission matrix for evidence; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:evidence_add
    GET  own_draft_record          302 404 403 200 404 404 404 404 404
    GET  own_published_record      302 403 403 200 403 403 403 403 403
    GET  own_submitted_record      302 404 403 403 403 403 403 403 403
    GET  foreign_draft_record      302 404 404 404 404 404 404 404 404
    GET  foreign_published_record  302 403 403 403 403 403 403 403 403
    GET  foreign_submitted_record  302 404 404 404 404 404 403 403 403
    GET  own_family_record    302 404 404 404 404 200 404 404 404
    GET  foreign_family_record 302 404 404 404 404 404 404 404 404
    GET  own_story_record          302 404 404 200 404 200 404 404 404
    GET  foreign_story_record      302 404 404 404 404 404 404 404 404
    POST own_draft_record          302 404 403 422 404 404 404 404 404
    POST own_published_record      302 403 403 422 403 403 403 403 403
    POST own_submitted_record      302 404 403 403 403 403 403 403 403
    POST foreign_draft_record      302 404 404 404 404 404 404 404 404
    POST foreign_published_record  302 403 403 403 403 403 403 403 403
    POST foreign_submitted_record  302 404 404 404 404 404 403 403 403
    POST own_family_record    302 404 404 404 404 422 404 404 404
    POST foreign_family_record 302 404 404 404 404 404 404 404 404
    POST own_story_record          302 404 404 422 404 422 404 404 404
    POST foreign_story_record      302 404 404 404 404 404 404 404 404
campaigns:document_add
    POST own_draft_record          302 404 403 422 404 404 404 404 404
    POST own_published_record      302 403 403 422 403 403 403 403 403
    POST own_submitted_record      302 404 403 403 403 403 403 403 403
    POST foreign_draft_record      302 404 404 404 404 404 404 404 404
    POST foreign_published_record  302 403 403 403 403 403 403 403 403
    POST foreign_submitted_record  302 404 404 404 404 404 403 403 403
    POST own_family_record    302 404 404 404 404 422 404 404 404
    POST foreign_family_record 302 404 404 404 404 404 404 404 404
    POST own_story_record          302 404 404 422 404 422 404 404 404
    POST foreign_story_record      302 404 404 404 404 404 404 404 404
campaigns:evidence_pick
    GET  own_draft_record          302 404 403 200 404 404 404 404 404
    GET  own_published_record      302 403 403 200 403 403 403 403 403
    GET  own_submitted_record      302 404 403 403 403 403 403 403 403
    GET  foreign_draft_record      302 404 404 404 404 404 404 404 404
    GET  foreign_published_record  302 403 403 403 403 403 403 403 403
    GET  foreign_submitted_record  302 404 404 404 404 404 403 403 403
    GET  own_family_record    302 404 404 404 404 200 404 404 404
    GET  foreign_family_record 302 404 404 404 404 404 404 404 404
    GET  own_story_record          302 404 404 200 404 200 404 404 404
    GET  foreign_story_record      302 404 404 404 404 404 404 404 404
    POST own_draft_record          302 404 403 422 404 404 404 404 404
    POST own_published_record      302 403 403 422 403 403 403 403 403
    POST own_submitted_record      302 404 403 403 403 403 403 403 403
    POST foreign_draft_record      302 404 404 404 404 404 404 404 404
    POST foreign_published_record  302 403 403 403 403 403 403 403 403
    POST foreign_submitted_record  302 404 404 404 404 404 403 403 403
    POST own_family_record    302 404 404 404 404 422 404 404 404
    POST foreign_family_record 302 404 404 404 404 404 404 404 404
    POST own_story_record          302 404 404 422 404 422 404 404 404
    POST foreign_story_record      302 404 404 404 404 404 404 404 404
campaigns:evidence_describe
    GET  own_draft_photo           302 404 403 200 404 404 404 404 404
    GET  own_published_photo       302 404 403 200 403 403 403 403 403
    GET  own_submitted_photo       302 404 403 403 403 403 403 403 403
    GET  own_approved_photo        302 403 403 403 403 403 403 403 403
    GET  foreign_draft_photo       302 404 404 404 404 404 404 404 404
    GET  foreign_published_photo   302 404 404 404 404 404 403 403 403
    GET  foreign_submitted_photo   302 404 404 404 404 404 403 403 403
    POST own_draft_photo           302 404 403 422 404 404 404 404 404
    POST own_published_photo       302 404 403 422 403 403 403 403 403
    POST own_submitted_photo       302 404 403 403 403 403 403 403 403
    POST own_approved_photo        302 403 403 403 403 403 403 403 403
    POST foreign_draft_photo       302 404 404 404 404 404 404 404 404
    POST foreign_published_photo   302 404 404 404 404 404 403 403 403
    POST foreign_submitted_photo   302 404 404 404 404 404 403 403 403
campaigns:evidence_remove
    POST own_draft_photo           302 404 403 302 404 404 404 404 404
    POST own_published_photo       302 404 403 302 403 403 403 403 403
    POST own_submitted_photo       302 404 403 403 403 403 403 403 403
    POST own_approved_photo        302 403 403 403 403 403 403 403 403
    POST foreign_draft_photo       302 404 404 404 404 404 404 404 404
    POST foreign_published_photo   302 404 404 404 404 404 403 403 403
    POST foreign_submitted_photo   302 404 404 404 404 404 403 403 403
campaigns:photo
    GET  own_draft                 404 404 200 200 404 404 404 404 404
    GET  own_published             404 404 200 200 200 200 200 200 200
    GET  own_submitted             404 404 200 200 200 200 200 200 200
    GET  own_approved              200 200 200 200 200 200 200 200 200
    GET  own_long_ended            404 404 404 200 200 200 200 200 200
    GET  foreign_draft             404 404 404 404 404 404 404 404 404
    GET  foreign_published         404 404 404 404 404 404 200 200 200
    GET  foreign_submitted         404 404 404 404 404 404 200 200 200
campaigns:photo_small
    GET  own_draft_photo           404 404 200 200 404 404 404 404 404
    GET  own_published_photo       404 404 200 200 200 200 200 200 200
    GET  own_submitted_photo       404 404 200 200 200 200 200 200 200
    GET  own_approved_photo        200 200 200 200 200 200 200 200 200
    GET  own_long_ended_photo      404 404 404 200 200 200 200 200 200
    GET  foreign_draft_photo       404 404 404 404 404 404 404 404 404
    GET  foreign_published_photo   404 404 404 404 404 404 200 200 200
    GET  foreign_submitted_photo   404 404 404 404 404 404 200 200 200
campaigns:evidence_file
    GET  own_draft_document        404 404 200 200 404 404 404 404 404
    GET  own_approved_document     404 404 200 200 200 200 200 200 200
    GET  foreign_draft_document    404 404 404 404 404 404 404 404 404
    GET  foreign_approved_document 404 404 404 404 404 404 200 200 200
"""
