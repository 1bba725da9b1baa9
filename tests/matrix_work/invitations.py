"""Permissions of invitations, stand-ins and guardians; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
volunteers:shift_invite
    GET  own_invite          302 403 403 200 403 403 403 403 403
    GET  foreign_invite      302 403 403 403 403 403 403 403 403
    POST own_invite          302 403 403 422 403 403 403 403 403
    POST foreign_invite      302 403 403 403 403 403 403 403 403
volunteers:invitation_decline
    POST own_shift_invitation      302 302 404 404 404 404 404 404 404
    POST foreign_shift_invitation  302 404 404 404 404 404 404 404 404
volunteers:stand_in_create
    POST own_handed_on       302 302 404 404 404 404 404 404 404
    POST foreign_handed_on   302 404 404 404 404 404 404 404 404
volunteers:stand_in_withdraw
    POST own_handed_on       302 302 404 404 404 404 404 404 404
    POST foreign_handed_on   302 404 404 404 404 404 404 404 404
volunteers:stand_in
    GET  own_stand_in        200 200 200 200 200 200 200 200 200
    GET  unknown_stand_in    404 404 404 404 404 404 404 404 404
    POST own_stand_in        302 409 302 302 302 302 302 302 302
    POST foreign_stand_in    302 302 302 302 302 302 302 302 302
    POST unknown_stand_in    404 404 404 404 404 404 404 404 404
volunteers:guardian_ask
    POST -                   302 302 302 302 302 302 302 302 302
volunteers:guardian_withdraw
    POST -                   302 302 302 302 302 302 302 302 302
volunteers:guardian
    GET  own_guardian        200 200 200 200 200 200 200 200 200
    GET  unknown_guardian    404 404 404 404 404 404 404 404 404
    POST own_guardian        422 422 422 422 422 422 422 422 422
    POST unknown_guardian    404 404 404 404 404 404 404 404 404
volunteers:own_data
    GET  -                   302 200 200 200 200 200 200 200 200
volunteers:own_data_file
    GET  -                   302 200 200 200 200 200 200 200 200
"""
