"""Rows of the permission matrix for tasks; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
campaigns:task_list
    GET  -                   302 403 403 403 403 403 200 200 200
campaigns:task_create
    GET  -                   302 403 403 403 403 403 200 200 403
    POST -                   302 403 403 403 403 403 422 422 403
campaigns:task_detail
    GET  own_task            302 404 404 404 404 404 200 200 200
    GET  foreign_task        302 404 404 404 404 404 200 200 200
campaigns:task_edit
    GET  own_task            302 404 404 404 404 404 200 200 403
    GET  foreign_task        302 404 404 404 404 404 200 200 403
    POST own_task            302 404 404 404 404 404 422 422 403
campaigns:task_add
    GET  own_task            302 404 404 404 404 404 200 200 403
    GET  foreign_task        302 404 404 404 404 404 200 200 403
    POST own_task            302 404 404 404 404 404 422 422 403
campaigns:task_cancel
    GET  own_task            302 404 404 404 404 404 200 200 403
    GET  foreign_task        302 404 404 404 404 404 200 200 403
    POST own_task            302 404 404 404 404 404 422 422 403
campaigns:task_close
    GET  own_task            302 404 404 404 404 404 200 200 403
    GET  foreign_task        302 404 404 404 404 404 200 200 403
    POST own_task            302 404 404 404 404 404 422 422 403
campaigns:assignment_list
    GET  -                   302 403 403 200 403 403 200 200 200
campaigns:assignment_detail
    GET  own_assignment      302 404 404 200 404 404 200 200 200
    GET  foreign_assignment  302 404 404 404 404 404 200 200 200
campaigns:assignment_report
    POST own_assignment      302 404 404 422 404 404 403 403 403
    POST foreign_assignment  302 404 404 404 404 404 403 403 403
campaigns:assignment_link
    POST own_assignment      302 404 404 422 404 404 403 403 403
    POST foreign_assignment  302 404 404 404 404 404 403 403 403
campaigns:assignment_unlink
    POST own_task_link       302 404 404 302 404 404 403 403 403
    POST foreign_task_link   302 404 404 404 404 404 403 403 403
campaigns:assignment_fulfil
    POST own_assignment      302 404 404 302 404 404 403 403 403
    POST foreign_assignment  302 404 404 404 404 404 403 403 403
campaigns:assignment_reassign
    GET  own_assignment      302 404 404 403 404 404 200 200 403
    GET  foreign_assignment  302 404 404 404 404 404 200 200 403
    POST own_assignment      302 404 404 403 404 404 422 422 403
    POST foreign_assignment  302 404 404 404 404 404 422 422 403
campaigns:activity_give
    POST own_submitted       302 404 403 302 403 403 403 403 403
    POST own_approved        302 403 403 302 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
"""
