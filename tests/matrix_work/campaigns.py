"""Rows of the permission matrix for campaigns and pillars; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:campaign_list
    GET  -                   200 200 200 200 200 200 200 200 200
campaigns:campaign_detail
    GET  campaign            200 200 200 200 200 200 200 200 200
    GET  foreign_planned_campaign 404 404 404 404 404 404 404 404 404
campaigns:campaign_desk
    GET  -                   302 403 403 403 403 403 403 200 403
campaigns:document_detail
    GET  published_paper  200 200 200 200 200 200 200 200 200
    GET  foreign_draft_paper 404 404 404 404 404 404 404 200 404
campaigns:document_file
    GET  published_paper  200 200 200 200 200 200 200 200 200
    GET  foreign_draft_paper 404 404 404 404 404 404 404 200 404
campaigns:document_create
    GET  campaign            302 403 403 403 403 403 403 200 403
    GET  foreign_planned_campaign 302 404 404 404 404 404 404 200 404
    POST campaign            302 403 403 403 403 403 403 422 403
    POST foreign_planned_campaign 302 404 404 404 404 404 404 422 404
campaigns:document_edit
    GET  published_paper  302 403 403 403 403 403 403 200 403
    GET  foreign_draft_paper 302 404 404 404 404 404 404 200 404
    POST published_paper  302 403 403 403 403 403 403 422 403
    POST foreign_draft_paper 302 404 404 404 404 404 404 422 404
campaigns:document_publish
    POST published_paper  302 403 403 403 403 403 403 302 403
    POST foreign_draft_paper 302 404 404 404 404 404 404 302 404
campaigns:document_withdraw
    GET  published_paper  302 403 403 403 403 403 403 200 403
    GET  foreign_draft_paper 302 404 404 404 404 404 404 200 404
    POST published_paper  302 403 403 403 403 403 403 422 403
    POST foreign_draft_paper 302 404 404 404 404 404 404 422 404
campaigns:pillar_detail
    GET  pillar              200 200 200 200 200 200 200 200 200
"""
