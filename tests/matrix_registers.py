"""Rows of the permission matrix for the pages of the registers; see `tests.matrix`."""

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
communities:community_list
    GET  -                   200 200 200 200 200 200 200 200 200
communities:community_detail
    GET  own_community       200 200 200 200 200 200 200 200 200
    GET  foreign_community   200 200 200 200 200 200 200 200 200
communities:organization_list
    GET  -                   200 200 200 200 200 200 200 200 200
communities:organization_detail
    GET  own_organization    200 200 200 200 200 200 200 200 200
    GET  foreign_organization 200 200 200 200 200 200 200 200 200
communities:change_list
    GET  -                   302 403 403 403 403 403 200 403 403
communities:change_detail
    GET  foreign_change      302 403 403 403 403 403 200 403 403
communities:change_undo
    POST foreign_change      302 403 403 403 403 403 422 403 403
communities:change_retry
    POST foreign_change      302 403 403 403 403 403 302 403 403
communities:change_create
    GET  foreign_organization 302 403 403 403 403 403 200 403 403
communities:change_form
    GET  foreign_rename      302 403 403 403 403 403 200 403 403
    POST foreign_rename      302 403 403 403 403 403 422 403 403
communities:need_list
    GET  -                   302 403 403 200 200 200 200 200 200
communities:need_create
    GET  -                   302 403 403 403 403 200 403 403 403
    POST -                   302 403 403 403 403 422 403 403 403
communities:need_detail
    GET  own_need            302 404 404 200 200 200 200 200 200
    GET  own_draft_need      302 404 404 404 404 200 404 404 404
    GET  foreign_need        302 404 404 200 404 404 200 200 200
communities:need_edit
    GET  own_need            302 404 404 403 403 200 403 403 403
    GET  foreign_need        302 404 404 403 404 404 403 403 403
    POST own_need            302 404 404 403 403 422 403 403 403
    POST foreign_need        302 404 404 403 404 404 403 403 403
communities:need_publish
    POST own_draft_need      302 404 404 404 404 302 404 404 404
    POST foreign_need        302 404 404 403 404 404 403 403 403
communities:need_withdraw
    GET  own_need            302 404 404 403 403 200 403 403 403
    GET  foreign_need        302 404 404 403 404 404 403 403 403
    POST own_need            302 404 404 403 403 422 403 403 403
    POST foreign_need        302 404 404 403 404 404 403 403 403
communities:need_confirm
    POST own_need            302 404 404 403 403 302 403 403 403
    POST foreign_need        302 404 404 403 404 404 403 403 403
communities:need_start
    POST own_need            302 404 404 302 403 302 403 403 403
    POST foreign_need        302 404 404 403 404 404 403 403 403
communities:need_claim
    POST own_need            302 404 404 422 403 403 403 403 403
    POST foreign_need        302 404 404 422 404 404 403 403 403
communities:claim_withdraw
    GET  own_claim           302 404 404 200 403 403 403 403 403
    GET  foreign_claim       302 404 404 404 404 404 403 403 403
    POST own_claim           302 404 404 422 403 403 403 403 403
    POST foreign_claim       302 404 404 404 404 404 403 403 403
communities:claim_deliver
    POST own_claim           302 404 404 302 403 403 403 403 403
    POST foreign_claim       302 404 404 404 404 404 403 403 403
communities:claim_return
    GET  own_claim           302 404 404 403 403 200 403 403 403
    GET  foreign_claim       302 404 404 404 404 404 403 403 403
    POST own_claim           302 404 404 403 403 422 403 403 403
    POST foreign_claim       302 404 404 404 404 404 403 403 403
communities:resource_list
    GET  -                   302 403 403 200 200 200 200 200 200
communities:resource_create
    GET  -                   302 403 403 200 403 403 403 403 403
    POST -                   302 403 403 422 403 403 403 403 403
communities:resource_detail
    GET  own_resource        302 404 404 200 200 200 200 200 200
    GET  foreign_resource    302 404 404 404 200 200 200 200 200
communities:resource_edit
    GET  own_resource        302 404 404 200 403 403 403 403 403
    GET  foreign_resource    302 404 404 404 403 403 403 403 403
    POST own_resource        302 404 404 422 403 403 403 403 403
    POST foreign_resource    302 404 404 404 403 403 403 403 403
communities:resource_end
    POST own_resource        302 404 404 302 403 403 403 403 403
    POST foreign_resource    302 404 404 404 403 403 403 403 403
communities:project_list
    GET  -                   302 403 403 200 200 200 200 200 200
communities:project_create
    GET  own_match           302 404 404 200 403 200 403 403 403
    GET  foreign_match       302 404 404 404 404 404 403 403 403
    POST own_match           302 404 404 422 403 422 403 403 403
    POST foreign_match       302 404 404 404 404 404 403 403 403
communities:project_detail
    GET  own_project         302 404 404 200 200 200 200 200 200
    GET  foreign_project     302 404 404 404 404 404 200 200 200
communities:project_start
    POST own_project         302 404 404 302 403 302 403 403 403
    POST foreign_project     302 404 404 404 404 404 403 403 403
communities:project_finish
    GET  own_project         302 404 404 200 403 200 403 403 403
    GET  foreign_project     302 404 404 404 404 404 403 403 403
    POST own_project         302 404 404 422 403 422 403 403 403
    POST foreign_project     302 404 404 404 404 404 403 403 403
communities:project_cancel
    GET  own_project         302 404 404 200 403 200 403 403 403
    GET  foreign_project     302 404 404 404 404 404 403 403 403
    POST own_project         302 404 404 422 403 422 403 403 403
    POST foreign_project     302 404 404 404 404 404 403 403 403
communities:community_change_create
    GET  own_community       302 403 403 403 403 403 200 403 403
    GET  foreign_community   302 403 403 403 403 403 200 403 403
communities:community_change_form
    GET  foreign_community_merge 302 403 403 403 403 403 200 403 403
    POST foreign_community_merge 302 403 403 403 403 403 422 403 403
communities:pairing_list
    GET  -                   302 403 403 200 200 200 200 200 200
communities:pairing_end
    GET  own_pairing         302 404 404 403 403 403 200 403 403
    GET  foreign_pairing     302 404 404 404 404 404 200 403 403
    POST own_pairing         302 404 404 403 403 403 422 403 403
    POST foreign_pairing     302 404 404 404 404 404 422 403 403
communities:notice_list
    GET  -                   302 403 403 200 200 200 200 200 200
communities:notice_detail
    GET  own_notice          302 403 403 200 200 200 200 200 200
    GET  foreign_notice      302 403 403 200 200 200 200 200 200
    GET  planned_notice      302 403 403 200 200 200 200 200 200
communities:notice_withdraw
    POST own_notice          302 403 403 403 403 403 422 403 403
    POST foreign_notice      302 403 403 403 403 403 422 403 403
    POST planned_notice      302 403 403 403 403 403 422 403 403
communities:pairing_import
    GET  -                   302 403 403 403 403 403 200 403 403
    POST -                   302 403 403 403 403 403 422 403 403
communities:pairing_import_preview
    GET  committees_import   302 404 404 404 404 404 200 404 404
    GET  others_import       302 404 404 404 404 404 404 404 404
communities:pairing_import_confirm
    POST committees_import   302 404 404 404 404 404 302 404 404
    POST others_import       302 404 404 404 404 404 404 404 404
communities:register_import
    GET  organizations_file  302 403 403 403 403 403 200 403 403
    GET  unknown_file        302 404 404 404 404 404 404 404 404
    POST organizations_file  302 403 403 403 403 403 422 403 403
communities:register_import_preview
    GET  committees_file     302 404 404 404 404 404 200 404 404
    GET  others_file         302 404 404 404 404 404 404 404 404
communities:register_import_confirm
    POST committees_file     302 404 404 404 404 404 422 404 404
    POST others_file         302 404 404 404 404 404 404 404 404
communities:report_in_list
    GET  -                   302 403 403 200 200 200 200 200 200
communities:report_in_start
    GET  own_start           302 404 404 200 403 403 403 403 403
    GET  foreign_start       302 404 404 404 404 404 403 403 403
    POST own_start           302 404 404 422 403 403 403 403 403
    POST foreign_start       302 404 404 404 404 404 403 403 403
communities:report_in_detail
    GET  own_report          302 404 404 200 200 200 200 200 200
    GET  own_report_draft    302 404 404 200 404 404 404 404 404
    GET  foreign_report      302 404 404 404 404 404 200 200 200
communities:report_in_edit
    GET  own_report_draft    302 404 404 200 404 404 404 404 404
    GET  own_report          302 404 404 302 403 403 403 403 403
    GET  foreign_report      302 404 404 404 404 404 403 403 403
    POST own_report_draft    302 404 404 422 404 404 404 404 404
    POST own_report          302 404 404 302 403 403 403 403 403
    POST foreign_report      302 404 404 404 404 404 403 403 403
communities:report_in_submit
    POST own_report          302 404 404 302 403 403 403 403 403
    POST own_report_draft    302 404 404 302 404 404 404 404 404
    POST foreign_report      302 404 404 404 404 404 403 403 403
communities:report_in_answer
    POST own_report          302 404 404 403 403 422 403 403 403
    POST own_report_draft    302 404 404 403 404 404 404 404 404
    POST foreign_report      302 404 404 404 404 404 403 403 403
communities:report_in_slip
    GET  own_report          302 404 404 200 200 200 200 200 200
    GET  own_report_draft    302 404 404 200 404 404 404 404 404
    GET  foreign_report      302 404 404 404 404 404 200 200 200
communities:report_in_receipt
    GET  own_report          302 404 404 404 404 404 404 404 404
    GET  own_report_received 302 404 404 200 200 200 200 200 200
    GET  foreign_report      302 404 404 404 404 404 404 404 404
communities:report_in_missing
    GET  -                   302 403 403 403 403 403 200 403 403
communities:report_in_remind
    POST -                   302 403 403 403 403 403 302 403 403
communities:member_report_in_create
    GET  -                   302 200 200 200 200 200 200 200 200
    POST -                   302 422 422 422 422 422 422 422 422
communities:member_report_in_list
    GET  -                   302 403 403 403 403 200 403 403 403
communities:member_report_in_detail
    GET  volunteers_home     302 200 404 404 404 200 404 404 404
    GET  foreign_home        302 404 404 404 404 404 404 404 404
communities:member_report_in_edit
    GET  volunteers_home     302 200 404 404 404 403 404 404 404
    GET  foreign_home        302 404 404 404 404 404 404 404 404
    POST volunteers_home     302 302 404 404 404 403 404 404 404
    POST foreign_home        302 404 404 404 404 404 404 404 404
communities:member_report_in_end
    POST volunteers_home     302 302 404 404 404 403 404 404 404
    POST foreign_home        302 404 404 404 404 404 404 404 404
communities:member_report_in_answer
    POST volunteers_home     302 403 404 404 404 422 404 404 404
    POST foreign_home        302 404 404 404 404 404 404 404 404
communities:community_posts
    GET  own_community       200 200 200 200 200 200 200 200 200
    GET  foreign_community   200 200 200 200 200 200 200 200 200
communities:post_list
    GET  -                   302 403 403 403 403 200 403 403 403
communities:post_create
    GET  -                   302 403 403 403 403 200 403 403 403
    POST -                   302 403 403 403 403 422 403 403 403
communities:post_detail
    GET  own_post            200 200 200 200 200 200 200 200 200
    GET  own_post_draft      404 404 404 404 404 200 404 404 404
    GET  foreign_post        200 200 200 200 200 200 200 200 200
    GET  foreign_post_draft  404 404 404 404 404 404 404 404 404
communities:post_take
    POST own_post            302 302 302 302 302 302 302 302 302
    POST own_post_draft      404 404 404 404 404 409 404 404 404
    POST foreign_post        302 302 302 302 302 302 302 302 302
    POST foreign_post_draft  404 404 404 404 404 404 404 404 404
communities:post_leave
    POST own_post            302 302 302 302 302 302 302 302 302
    POST own_post_draft      302 404 404 404 404 302 404 404 404
    POST foreign_post        302 302 302 302 302 302 302 302 302
    POST foreign_post_draft  302 404 404 404 404 404 404 404 404
communities:post_publish
    POST own_post            302 403 403 403 403 302 403 403 403
    POST own_post_draft      302 404 404 404 404 302 404 404 404
    POST foreign_post        302 403 403 403 403 403 403 403 403
    POST foreign_post_draft  302 404 404 404 404 404 404 404 404
communities:post_close
    POST own_post            302 403 403 403 403 302 403 403 403
    POST own_post_draft      302 404 404 404 404 302 404 404 404
    POST foreign_post        302 403 403 403 403 403 403 403 403
    POST foreign_post_draft  302 404 404 404 404 404 404 404 404
communities:post_edit
    GET  own_post            302 403 403 403 403 200 403 403 403
    GET  own_post_draft      302 404 404 404 404 200 404 404 404
    GET  foreign_post        302 403 403 403 403 403 403 403 403
    GET  foreign_post_draft  302 404 404 404 404 404 404 404 404
    POST own_post            302 403 403 403 403 422 403 403 403
    POST own_post_draft      302 404 404 404 404 422 404 404 404
    POST foreign_post        302 403 403 403 403 403 403 403 403
    POST foreign_post_draft  302 404 404 404 404 404 404 404 404
communities:leader_list
    GET  -                   302 403 403 200 200 200 200 200 200
communities:leader_team
    GET  own_team            302 404 404 200 200 200 200 200 200
    GET  foreign_team        302 404 404 404 404 404 200 200 200
communities:leading_post_create
    GET  own_team            302 404 404 200 403 403 200 403 403
    GET  foreign_team        302 404 404 404 404 404 200 403 403
    POST own_team            302 404 404 422 403 403 422 403 403
    POST foreign_team        302 404 404 404 404 404 422 403 403
communities:leading_post_end
    GET  own_leading_post    302 404 404 200 403 403 200 403 403
    GET  foreign_leading_post 302 404 404 404 404 404 200 403 403
    POST own_leading_post    302 404 404 422 403 403 422 403 403
    POST foreign_leading_post 302 404 404 404 404 404 422 403 403
communities:leader_appoint
    GET  own_leading_post    302 404 404 200 403 403 200 403 403
    GET  foreign_leading_post 302 404 404 404 404 404 200 403 403
    POST own_leading_post    302 404 404 422 403 403 422 403 403
    POST foreign_leading_post 302 404 404 404 404 404 422 403 403
communities:leader_term_end
    GET  own_term            302 404 404 200 403 403 200 403 403
    GET  foreign_term        302 404 404 404 404 404 200 403 403
    POST own_term            302 404 404 422 403 403 422 403 403
    POST foreign_term        302 404 404 404 404 404 422 403 403
communities:leader_link
    GET  own_leader          302 404 404 200 403 403 200 403 403
    GET  foreign_leader      302 404 404 404 404 404 200 403 403
    POST own_leader          302 404 404 422 403 403 422 403 403
    POST foreign_leader      302 404 404 404 404 404 422 403 403
communities:leader_link_end
    GET  own_leader_link     302 404 404 200 403 403 200 403 403
    GET  foreign_leader_link 302 404 404 404 404 404 200 403 403
    POST own_leader_link     302 404 404 422 403 403 422 403 403
    POST foreign_leader_link 302 404 404 404 404 404 422 403 403
communities:agreement_list
    GET  -                   302 403 403 200 200 200 200 200 200
communities:agreement_create
    GET  -                   302 403 403 200 403 200 403 403 403
    POST -                   302 403 403 422 403 422 403 403 403
communities:agreement_detail
    GET  own_agreement       302 404 404 200 200 200 200 200 200
    GET  foreign_agreement   302 404 404 404 404 404 200 200 200
communities:agreement_renew
    GET  own_agreement       302 404 404 200 403 200 403 403 403
    GET  foreign_agreement   302 404 404 404 404 404 403 403 403
    POST own_agreement       302 404 404 422 403 422 403 403 403
    POST foreign_agreement   302 404 404 404 404 404 403 403 403
communities:agreement_end
    GET  own_agreement       302 404 404 200 403 200 403 403 403
    GET  foreign_agreement   302 404 404 404 404 404 403 403 403
    POST own_agreement       302 404 404 422 403 422 403 403 403
    POST foreign_agreement   302 404 404 404 404 404 403 403 403
communities:agreement_attach
    POST own_agreement       302 404 404 422 403 422 403 403 403
    POST foreign_agreement   302 404 404 404 404 404 403 403 403
communities:agreement_file
    GET  own_paper           302 404 404 200 200 200 200 200 200
    GET  foreign_paper       302 404 404 404 404 404 200 200 200
    GET  own_agreement       302 404 404 404 404 404 404 404 404
communities:meeting_list
    GET  -                   302 403 403 200 200 200 200 200 200
communities:meeting_create
    GET  own_community       302 403 403 403 403 200 403 403 403
    GET  foreign_community   302 403 403 403 403 403 403 403 403
    POST own_community       302 403 403 403 403 422 403 403 403
    POST foreign_community   302 403 403 403 403 403 403 403 403
communities:meeting_detail
    GET  own_meeting         302 404 404 200 200 200 200 200 200
    GET  foreign_meeting     302 404 404 404 404 404 200 200 200
communities:meeting_action_finish
    GET  own_meeting_action  302 404 404 200 403 200 403 403 403
    GET  foreign_meeting_action 302 404 404 404 404 404 403 403 403
    POST own_meeting_action  302 404 404 422 403 422 403 403 403
    POST foreign_meeting_action 302 404 404 404 404 404 403 403 403
"""
