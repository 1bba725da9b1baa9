"""The parameters each page reads by itself; all pages get all of them at once too."""

REPORT_FILTERS = (
    "campaign pillar organization organization_text street community period "
    "starts_on ends_on state boundary columns"
)
PARAMETERS = {
    "accounts:inbox": "show page",
    "campaigns:evidence_pick": "q page",
    "volunteers:shift_list": "text near street community date until time pillar skill "
    "places fits after",
    "volunteers:shift_calendar": "text near street community time pillar skill places "
    "fits view day",
    "volunteers:activity_shifts": "page",
    "volunteers:shift_rule_detail": "page",
    "volunteers:shift_message_create": "page",
    "volunteers:shift_invite": "whom street community skill",
    "volunteers:check_in": "code",
    "volunteers:shift_day": "text page",
    "campaigns:activity_list": "state q pillar initiative month page",
    "campaigns:activity_create": "initiative template assignment copy",
    "campaigns:pillar_detail": "page",
    "campaigns:campaign_list": "page",
    "campaigns:campaign_desk": "page",
    "campaigns:task_list": "text state pillar initiative is_overdue page",
    "campaigns:task_detail": "text state page",
    "campaigns:assignment_list": "text state pillar whose page",
    "campaigns:whistle_list": "text street community category urgency state unit "
    "month waiting sort is_overdue page",
    "campaigns:review_list": "q organization pillar initiative campaign age order "
    "only_joint only_addendum page",
    "campaigns:review_chosen": "decision chosen back",
    "campaigns:story_list": "kind street page",
    "campaigns:desk_story_list": "text street kind state page",
    "campaigns:convention_communities": "text street page",
    "campaigns:honor_list": "kind year street text page",
    "campaigns:honor_notices": "page",
    "campaigns:honor_desk": "text state kind is_due page",
    "campaigns:honor_notice": "honor",
    "campaigns:honor_award": "honor",
    "volunteers:certificate_list": "page",
    "volunteers:certificate_detail": "page",
    "volunteers:certificate_check": "number",
    "communities:audit_list": "who act register text starts_on ends_on request_id "
    "parent before",
    "communities:audit_history": "before",
    "communities:community_list": "text street kind order page",
    "communities:community_detail": "day page",
    "communities:organization_list": "text kind state day page",
    "communities:organization_detail": "day",
    "communities:change_list": "state kind page",
    "communities:change_form": "effective_on name unit_name edit",
    "campaigns:organization_activities": "page",
    "campaigns:whistle_detail": "page",
    "communities:pairing_list": "text street day state order lead_only page",
    "communities:notice_list": "text state page",
    "communities:notice_detail": "part page",
    "communities:report_in_list": "text street community state year sort page",
    "communities:report_in_missing": "text street state page",
    "communities:pairing_import_preview": "page",
    "communities:register_import_preview": "page",
    "communities:member_report_in_create": "community",
    "communities:member_report_in_list": "text group page",
    "communities:community_posts": "page",
    "communities:post_list": "text state page",
    "communities:leader_list": "text street day sort only_gaps page",
    "communities:leader_team": "day page",
    "communities:agreement_list": "text state page",
    "communities:meeting_list": "text only_open page",
    "communities:need_list": "text street category state sort is_open page",
    "communities:resource_list": "text category is_past page",
    "communities:project_list": "text state page",
    "communities:wish_list": "street category is_open page",
    "communities:wish_desk": "text street category state page",
    "communities:wish_mine": "page",
    "volunteers:hours_ledger": "year page",
    "volunteers:hours_desk": "part page",
    "volunteers:late_entry_choose": "text page",
    "accounts:export_list": "page",
    "reports:report_detail": f"{REPORT_FILTERS} page",
    "reports:report_export": REPORT_FILTERS,
    "reports:report_print": REPORT_FILTERS,
    "reports:report_make": REPORT_FILTERS,
    "reports:report_save": REPORT_FILTERS,
    "reports:report_unmasked": REPORT_FILTERS,
    "reports:overview": "campaign first last street organization",
    "reports:overview_rows": "campaign first last street organization list pillar page",
    "reports:progress": "campaign first last organization page",
    "reports:progress_rows": "campaign first last organization span pillar state page",
    "reports:whistle_rates": "first last street category unit community by page",
    "reports:whistle_rate_rows": "first last street category unit community by "
    "figure page",
    "reports:ledger": "campaign first last part page",
    "reports:ledger_export": "campaign first last",
    "account_login": "next",
    "account_logout": "next",
    "account_reauthenticate": "next",
    "admin:message_kinds": "topic",
    "admin:autocomplete": "term page app_label model_name field_name",
}
# What a parameter holds, by its name. One not named here gets every odd value by
# itself; the others get those that mean something to their kind, and all of them
# together with the rest of the page's parameters.
KINDS = {
    "text": "q text near unit name unit_name organization_text term back",
    "choice": "state kind order sort category urgency waiting group span whose "
    "places fits time view show decision app_label model_name field_name "
    "period boundary columns",
    "flag": "edit lead_only only_gaps only_open only_joint only_addendum is_open "
    "is_past is_due is_overdue",
    "page": "page",
    "number": "part year age skill street pillar campaign community initiative "
    "organization template assignment copy honor",
    "day": "day date until starts_on ends_on effective_on first last month",
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names.split()}
ALL_NAMES = sorted({name for names in PARAMETERS.values() for name in names.split()})
