"""Permission matrix: reports as files and saved settings; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
reports:report_print
    GET  report              302 403 403 403 403 403 200 200 200
    GET  unknown_report      302 403 403 403 403 403 404 404 404
reports:report_make
    POST export              302 403 403 403 403 403 302 302 302
    POST unknown_export      302 403 403 403 403 403 404 404 404
reports:report_unmasked
    GET  personal_report     302 403 403 403 403 403 403 200 403
    POST personal_report     302 403 403 403 403 403 403 422 403
    GET  report              302 403 403 403 403 403 403 404 403
reports:report_save
    GET  report              302 403 403 403 403 403 200 200 200
    POST report              302 403 403 403 403 403 422 422 422
reports:saved_report_list
    GET  -                   302 403 403 403 403 403 200 200 200
reports:saved_report_edit
    GET  offices_saved_report 302 403 403 403 403 403 404 200 404
    POST offices_saved_report 302 403 403 403 403 403 404 422 404
    GET  others_saved_report 302 403 403 403 403 403 404 404 404
    POST others_saved_report 302 403 403 403 403 403 404 404 404
reports:saved_report_delete
    POST offices_saved_report 302 403 403 403 403 403 404 302 404
    POST others_saved_report 302 403 403 403 403 403 404 404 404
"""
