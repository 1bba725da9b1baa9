"""Rows of the permission matrix: micro-wishes; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
communities:wish_list
    GET  -                   200 200 200 200 200 200 200 200 200
communities:wish_mine
    GET  -                   302 200 200 200 200 200 200 200 200
communities:wish_detail
    GET  own_wish            200 200 200 200 200 200 200 200 200
    GET  own_wish_draft      404 404 404 404 404 200 404 404 404
    GET  own_wish_claimed    200 200 200 200 200 200 200 200 200
    GET  own_wish_by_person  200 200 200 200 200 200 200 200 200
    GET  foreign_wish        200 200 200 200 200 200 200 200 200
    GET  foreign_wish_draft  404 404 404 404 404 404 404 404 404
communities:wish_claim
    POST own_wish            302 302 302 302 302 302 302 302 302
    POST own_wish_draft      302 404 404 404 404 422 404 404 404
    POST own_wish_claimed    302 422 422 422 422 422 422 422 422
    POST foreign_wish        302 302 302 302 302 302 302 302 302
communities:wish_contact
    POST own_wish_claimed    302 403 403 403 403 200 403 403 403
    POST own_wish_by_person  302 403 403 403 403 200 403 403 403
    POST own_wish_draft      302 404 404 404 404 403 404 404 404
    POST foreign_wish_claimed 302 403 403 403 403 403 403 403 403
communities:wish_claim_deliver
    POST own_wish_claim      302 404 404 302 404 403 404 404 404
    POST own_personal_claim  302 302 404 404 404 403 404 404 404
    POST foreign_wish_claim  302 404 404 404 404 404 404 404 404
communities:wish_claim_withdraw
    GET  own_wish_claim      302 404 404 200 404 403 404 404 404
    GET  own_personal_claim  302 200 404 404 404 403 404 404 404
    POST own_wish_claim      302 404 404 422 404 403 404 404 404
    POST foreign_wish_claim  302 404 404 404 404 404 404 404 404
communities:wish_desk
    GET  -                   302 403 403 200 200 200 200 200 200
communities:wish_create
    GET  -                   302 403 403 403 403 200 403 403 403
    POST -                   302 403 403 403 403 422 403 403 403
communities:wish_edit
    GET  own_wish_draft      302 404 404 404 404 200 404 404 404
    GET  own_wish            302 403 403 403 403 200 403 403 403
    GET  foreign_wish        302 403 403 403 403 403 403 403 403
    POST own_wish            302 403 403 403 403 422 403 403 403
    POST foreign_wish_draft  302 404 404 404 404 404 404 404 404
communities:wish_publish
    POST own_wish_draft      302 404 404 404 404 302 404 404 404
    POST foreign_wish_draft  302 404 404 404 404 404 404 404 404
communities:wish_confirm
    POST own_wish_claimed    302 403 403 403 403 302 403 403 403
    POST foreign_wish_claimed 302 403 403 403 403 403 403 403 403
communities:wish_withdraw
    GET  own_wish            302 403 403 403 403 200 403 403 403
    POST own_wish_draft      302 404 404 404 404 422 404 404 404
    POST foreign_wish        302 403 403 403 403 403 403 403 403
communities:wish_return
    GET  own_wish_claimed    302 403 403 403 403 200 403 403 403
    POST own_wish_claimed    302 403 403 403 403 422 403 403 403
    POST foreign_wish_claimed 302 403 403 403 403 403 403 403 403
communities:wish_release
    GET  own_wish_claimed    302 403 403 403 403 200 403 403 403
    POST own_wish            302 403 403 403 403 302 403 403 403
    POST own_wish_claimed    302 403 403 403 403 422 403 403 403
    POST foreign_wish_claimed 302 403 403 403 403 403 403 403 403
communities:wish_contact_drop
    POST own_wish            302 403 403 403 403 302 403 403 403
    POST foreign_wish        302 403 403 403 403 403 403 403 403
"""
