"""Permission matrix: ledgers, exports, overview and progress; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
accounts:export_list
    GET  -                   302 200 200 200 200 200 200 200 200
accounts:export_cancel
    POST volunteers_waiting_export 302 302 404 404 404 404 404 404 404
    POST others_waiting_export 302 404 404 404 404 404 404 404 404
accounts:export_download
    GET  volunteers_export   302 200 404 404 404 404 404 404 404
    GET  others_export       302 404 404 404 404 404 404 404 404

reports:ledger
    GET  own_organization    302 404 404 200 404 404 200 200 200
    GET  foreign_organization 302 404 404 404 404 404 200 200 200
reports:ledger_export
    GET  own_organization    302 404 404 200 404 404 200 200 200
    GET  foreign_organization 302 404 404 404 404 404 200 200 200
reports:ledger_document
    POST own_organization    302 404 404 302 404 404 302 302 302
    POST foreign_organization 302 404 404 404 404 404 302 302 302

reports:overview
    GET  -                   302 403 403 403 403 403 200 200 200
reports:overview_rows
    GET  -                   302 403 403 403 403 403 422 422 422
reports:progress
    GET  -                   302 403 403 200 403 403 200 200 200
reports:progress_rows
    GET  -                   302 403 403 200 403 403 200 200 200
"""
