"""Rows of the permission matrix for campaigns and pillars; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:campaign_detail
    GET  campaign            200 200 200 200 200 200 200 200 200
    GET  foreign_planned_campaign 404 404 404 404 404 404 404 404 404
campaigns:pillar_detail
    GET  pillar              200 200 200 200 200 200 200 200 200
"""
