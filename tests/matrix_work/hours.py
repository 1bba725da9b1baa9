"""Rows of the permission matrix: hours; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
volunteers:hours_ledger
    GET  -                   302 200 200 200 200 200 200 200 200
volunteers:late_entry_choose
    GET  -                   302 200 200 200 200 200 200 200 200
volunteers:late_entry_create
    GET  own_served_activity 302 200 200 200 200 200 200 200 200
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    POST own_served_activity 302 422 422 422 422 422 422 422 422
    POST foreign_draft       302 404 404 404 404 404 404 404 404
volunteers:record_detail
    GET  own_record          302 200 404 200 404 404 404 200 404
    GET  own_record_superior 302 404 404 200 404 404 404 200 404
    GET  own_late_entry      302 404 404 200 404 404 404 200 404
    GET  foreign_late_entry  302 404 404 404 404 404 404 200 404
volunteers:record_proof
    GET  own_late_entry      302 404 404 200 404 404 404 200 404
    GET  foreign_late_entry  302 404 404 404 404 404 404 200 404
    GET  own_record          302 404 404 404 404 404 404 404 404
volunteers:record_confirm
    POST own_record          302 403 404 302 404 404 404 302 404
    POST own_record_superior 302 404 404 403 404 404 404 302 404
    POST own_record_office   302 404 404 403 404 404 404 302 404
    POST own_late_entry      302 404 404 302 404 404 404 302 404
    POST foreign_late_entry  302 404 404 404 404 404 404 302 404
volunteers:record_reject
    GET  own_record          302 403 404 200 404 404 404 200 404
    GET  own_record_superior 302 404 404 403 404 404 404 200 404
    POST own_record_office   302 404 404 403 404 404 404 422 404
    POST own_late_entry      302 404 404 422 404 404 404 422 404
    POST foreign_late_entry  302 404 404 404 404 404 404 422 404
volunteers:record_correct
    GET  own_record          302 403 404 200 404 404 404 200 404
    POST own_record          302 403 404 422 404 404 404 422 404
    POST own_record_superior 302 404 404 422 404 404 404 422 404
    POST foreign_record_office 302 404 404 404 404 404 404 422 404
volunteers:record_void
    GET  own_record          302 403 404 200 404 404 404 200 404
    POST own_record          302 403 404 422 404 404 404 422 404
    POST foreign_record_office 302 404 404 404 404 404 404 422 404
volunteers:hours_desk
    GET  -                   302 403 403 200 403 403 403 200 403
volunteers:shift_settle
    GET  own_unsettled_shift 302 403 403 200 403 403 403 403 403
    GET  foreign_unsettled_shift 302 403 403 403 403 403 403 403 403
    POST own_unsettled_shift 302 403 403 302 403 403 403 403 403
    POST foreign_unsettled_shift 302 403 403 403 403 403 403 403 403
volunteers:check_out_resolve
    GET  own_forgotten       302 404 404 200 404 404 404 404 404
    POST own_forgotten       302 404 404 422 404 404 404 404 404
    POST foreign_forgotten   302 404 404 404 404 404 404 404 404
volunteers:signup_excuse
    POST own_missing         302 403 404 302 404 404 404 404 404
    POST own_others_missing  302 404 404 302 404 404 404 404 404
    POST foreign_others_missing 302 404 404 404 404 404 404 404 404
volunteers:dispute_create
    GET  own_missing         302 200 404 403 404 404 404 404 404
    GET  own_others_missing  302 404 404 403 404 404 404 404 404
    POST own_missing         302 422 404 403 404 404 404 404 404
    POST foreign_missing     302 422 404 404 404 404 404 404 404
    POST foreign_others_missing 302 404 404 404 404 404 404 404 404
volunteers:dispute_detail
    GET  own_dispute         302 200 404 200 404 404 404 404 404
    GET  own_others_dispute  302 404 404 200 404 404 404 404 404
    POST own_dispute         302 403 404 422 404 404 404 404 404
    POST own_others_dispute  302 404 404 422 404 404 404 404 404
    POST foreign_others_dispute 302 404 404 404 404 404 404 404 404
volunteers:dispute_withdraw
    POST own_dispute         302 302 404 403 404 404 404 404 404
    POST own_others_dispute  302 404 404 403 404 404 404 404 404
    POST foreign_others_dispute 302 404 404 404 404 404 404 404 404
"""
