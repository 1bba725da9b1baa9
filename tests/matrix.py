"""Who may open what: every page × every role of PRODUCT section 2 × nobody.

A row is method, object and one status for each role. `own` objects belong to the
organisation of `unit` and to the community of `street` and `community`; `foreign` ones
to another organisation, in another street. Nobody's 302 leads to sign-in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLResolver, get_resolver

ROLES = (
    "nobody",
    "volunteer",
    "leader",
    "unit",
    "street",
    "community",
    "committee",
    "office",
    "auditor",
)

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
home
    GET  -                   200 200 200 200 200 200 200 200 200
start
    GET  -                   302 302 302 302 302 302 302 302 302
healthz
    GET  -                   200 200 200 200 200 200 200 200 200
readyz
    GET  -                   200 200 200 200 200 200 200 200 200
robots
    GET  -                   200 200 200 200 200 200 200 200 200
security_txt
    GET  -                   200 200 200 200 200 200 200 200 200

accounts:inbox
    GET  -                   302 200 200 200 200 200 200 200 200
accounts:inbox_read
    POST -                   302 302 302 302 302 302 302 302 302
accounts:notification_open
    POST volunteers_message  302 302 404 404 404 404 404 404 404
    POST others_message      302 404 404 404 404 404 404 404 404

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

campaigns:pillar_detail
    GET  pillar              200 200 200 200 200 200 200 200 200
campaigns:organization_activities
    GET  own_organization    200 200 200 200 200 200 200 200 200
    GET  foreign_organization 200 200 200 200 200 200 200 200 200
campaigns:activity_list
    GET  -                   302 403 403 200 403 403 403 403 403
campaigns:activity_create
    GET  -                   302 403 403 200 403 403 403 403 403
    POST -                   302 403 403 422 403 403 403 403 403
campaigns:activity_detail
    GET  own_draft           404 404 200 200 404 404 404 404 404
    GET  own_published       200 200 200 200 200 200 200 200 200
    GET  own_submitted       404 404 200 200 200 200 200 200 200
    GET  own_approved        200 200 200 200 200 200 200 200 200
    GET  own_long_ended      404 404 404 200 200 200 200 200 200
    GET  foreign_draft       404 404 404 404 404 404 404 404 404
    GET  foreign_published   200 200 200 200 200 200 200 200 200
    GET  foreign_submitted   404 404 404 404 404 404 200 200 200
campaigns:activity_edit
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 403 403 403 403 403 403
    GET  own_approved        302 403 403 403 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 403 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:photo_add
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 403 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:photo_remove
    POST own_draft           302 404 403 302 404 404 404 404 404
    POST own_published       302 404 403 302 403 403 403 403 403
    POST own_submitted       302 404 403 403 403 403 403 403 403
    POST own_approved        302 403 403 403 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 404 404 404 404 404 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:photo
    GET  own_draft           404 404 200 200 404 404 404 404 404
    GET  own_published       404 404 200 200 200 200 200 200 200
    GET  own_submitted       404 404 200 200 200 200 200 200 200
    GET  own_approved        200 200 200 200 200 200 200 200 200
    GET  own_long_ended      404 404 404 200 200 200 200 200 200
    GET  foreign_draft       404 404 404 404 404 404 404 404 404
    GET  foreign_published   404 404 404 404 404 404 200 200 200
    GET  foreign_submitted   404 404 404 404 404 404 200 200 200
campaigns:activity_publish
    POST own_draft           302 404 403 302 404 404 404 404 404
    POST own_published       302 403 403 302 403 403 403 403 403
    POST own_submitted       302 404 403 302 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:activity_submit
    POST own_draft           302 404 403 302 404 404 404 404 404
    POST own_published       302 403 403 302 403 403 403 403 403
    POST own_submitted       302 404 403 302 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
campaigns:activity_review
    POST own_draft           302 404 403 403 404 404 404 404 404
    POST own_published       302 403 403 403 403 403 403 403 403
    POST own_submitted       302 404 403 403 403 403 403 422 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 422 403
campaigns:claim_activity
    GET  own_claim           302 404 404 200 200 200 200 200 200
    GET  foreign_claim       302 404 404 404 404 404 200 200 200
    POST own_claim           302 404 404 302 403 403 403 403 403
    POST foreign_claim       302 404 404 404 404 404 403 403 403
campaigns:review_list
    GET  -                   302 403 403 403 403 403 403 200 403

volunteers:shift_list
    GET  -                   200 200 200 200 200 200 200 200 200
volunteers:shift_detail
    GET  own_draft           404 404 200 200 404 404 404 404 404
    GET  own_published       200 200 200 200 200 200 200 200 200
    GET  own_submitted       404 404 200 200 200 200 200 200 200
    GET  own_long_ended      404 404 404 200 200 200 200 200 200
    GET  foreign_draft       404 404 404 404 404 404 404 404 404
    GET  foreign_published   200 200 200 200 200 200 200 200 200
    GET  foreign_submitted   404 404 404 404 404 404 200 200 200
volunteers:community_shifts
    GET  own_community       200 200 200 200 200 200 200 200 200
    GET  foreign_community   200 200 200 200 200 200 200 200 200
volunteers:signup_create
    POST own_draft           404 404 409 409 404 404 404 404 404
    POST own_published       302 302 302 302 302 302 302 302 302
    POST own_submitted       404 404 409 409 409 409 409 409 409
    POST foreign_draft       404 404 404 404 404 404 404 404 404
    POST foreign_published   302 302 302 302 302 302 302 302 302
    POST foreign_submitted   404 404 404 404 404 404 409 409 409
volunteers:signup_cancel
    POST volunteers_signup   302 302 404 302 404 404 404 404 404
    POST others_signup       302 404 404 302 404 404 404 404 404
    POST foreign_signup      302 404 404 404 404 404 404 404 404
volunteers:me
    GET  -                   302 200 200 200 200 200 200 200 200
volunteers:volunteer_edit
    GET  -                   302 200 200 200 200 200 200 200 200
    POST -                   302 302 302 302 302 302 302 302 302
volunteers:activity_shifts
    GET  own_draft           404 404 200 200 404 404 404 404 404
    GET  own_published       200 200 200 200 200 200 200 200 200
    GET  own_submitted       404 404 200 200 200 200 200 200 200
    GET  own_long_ended      404 404 404 200 200 200 200 200 200
    GET  foreign_draft       404 404 404 404 404 404 404 404 404
    GET  foreign_published   200 200 200 200 200 200 200 200 200
    GET  foreign_submitted   404 404 404 404 404 404 200 200 200
volunteers:shift_create
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 422 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
volunteers:activity_cancel
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 422 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
volunteers:shift_edit
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 422 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
volunteers:shift_cancel
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 422 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
volunteers:shift_roll
    GET  own_draft           302 404 200 200 404 404 404 404 404
    GET  own_published       302 403 200 200 403 403 403 403 403
    GET  own_submitted       302 404 200 200 403 403 403 403 403
    GET  own_long_ended      302 404 404 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403

reports:desk
    GET  -                   302 403 403 200 200 200 200 200 200
reports:report_list
    GET  -                   302 403 403 403 403 403 200 200 200
reports:report_detail
    GET  report              302 403 403 403 403 403 200 200 200
    GET  unknown_report      302 403 403 403 403 403 404 404 404
reports:report_export
    GET  export              302 403 403 403 403 403 200 200 200
    GET  unknown_export      302 403 403 403 403 403 404 404 404

account_login
    GET  -                   200 302 302 302 302 302 302 302 302
account_signup
    GET  -                   200 302 302 302 302 302 302 302 302
account_logout
    GET  -                   302 200 200 200 200 200 200 200 200
    POST -                   302 302 302 302 302 302 302 302 302
account_inactive
    GET  -                   200 200 200 200 200 200 200 200 200
account_reauthenticate
    GET  -                   302 200 200 200 200 200 200 200 200
account_email
    GET  -                   302 200 200 200 200 200 200 200 200
account_email_verification_sent
    GET  -                   200 200 200 200 200 200 200 200 200
account_confirm_email
    GET  mail_key            200 200 200 200 200 200 200 200 200
account_change_password
    GET  -                   302 200 200 200 200 200 200 200 200
account_set_password
    GET  -                   302 302 302 302 302 302 302 302 302
account_reset_password
    GET  -                   200 200 200 200 200 200 200 200 200
account_reset_password_done
    GET  -                   200 200 200 200 200 200 200 200 200
account_reset_password_from_key
    GET  reset_key           200 200 200 200 200 200 200 200 200
account_reset_password_from_key_done
    GET  -                   200 200 200 200 200 200 200 200 200
account_confirm_login_code
    GET  -                   302 302 302 302 302 302 302 302 302
account_verify_phone
    GET  -                   302 302 302 302 302 302 302 302 302
account_change_phone
    GET  -                   302 200 200 200 200 200 200 200 200

admin:index
    GET  -                   302 403 403 403 403 403 200 200 200
admin:login
    GET  -                   302 403 403 403 403 403 302 302 302
admin:logout
    GET  -                   302 403 403 403 403 403 200 200 200
    POST -                   302 403 403 403 403 403 302 302 302
admin:password_change
    GET  -                   302 403 403 403 403 403 302 302 302
admin:autocomplete
    GET  organizations       302 403 403 403 403 403 200 200 200
    GET  people              302 403 403 403 403 403 403 200 403
admin:jsi18n
    GET  -                   302 403 403 403 403 403 200 200 200
admin:app_list
    GET  app                 302 403 403 403 403 403 200 200 200
"""


@dataclass(frozen=True)
class Row:
    """One request and the status each role gets for it."""

    name: str
    method: str
    target: str
    statuses: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name} {self.method} {self.target}"

    def expected(self) -> dict[str, int]:
        """Role to status."""
        return dict(zip(ROLES, self.statuses, strict=True))


def read_rows(table: str) -> list[Row]:
    """The rows of a table like PAGES."""
    rows, name = [], ""
    for line in filter(str.strip, table.splitlines()):
        if not line.startswith(" "):
            name = line.strip()
            continue
        method, target, *statuses = line.split()
        rows.append(Row(name, method, target, tuple(map(int, statuses))))
    return rows


ROWS = read_rows(PAGES)


def walk(
    resolver: URLResolver, spaces: tuple[str, ...] = (), prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """Name and pattern of every URL below the resolver."""
    for pattern in resolver.url_patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (pattern.namespace,) if pattern.namespace else ()
            yield from walk(pattern, spaces + inner, text)
        else:
            yield ":".join([*spaces, pattern.name or f"<{text}>"]), text


URLS = dict(walk(get_resolver()))
