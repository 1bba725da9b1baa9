"""Input that wants to break something: never a 500, always an answer in Chinese."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign, Evidence, Initiative
from campaigns.queries.task_audience import fingerprint_of_numbers
from communities.actions.touched import fingerprint
from communities.models import Community, Membership, Pairing
from tests.admin.pages import PAGES as REGISTERS
from tests.factories.communities import OrganizationFactory
from tests.files import upload
from tests.matrix import ROLES, ROWS, Row
from tests.world import World, temporary_world

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]|\\u[4-9]")  # plain, or as JSON writes it
REFUSED = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "right-to-left override": "%E2%80%AE%E6%96%87",
    "isolate": "%E2%81%A6",
    "C1 control": "%C2%85",
    "line break": "a%0D%0Ab",
}
ODD = {
    "surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE",
    "not a number": "abc",
    "twenty digits": "99999999999999999999",
    "beyond int4": "2147483648",
    "five thousand digits": "9" * 5000,
    "minus one": "-1",
    "zero": "0",
    "float": "1e400",
    "other digits": "%D9%A3",
    "year 0": "0000-01-01",
    "year 9999": "9999-12-31",
    "after year 0": "0000-01-01T00:00:00%2B00:00_1",
    "after year 1": "0001-01-01T00:00:00%2B14:00_1",
    "after too far": "2026-01-01T00:00:00%2B08:00_99999999999999999999",
    "after garbage": "2026_x_y",
    "quotes": "%27%22%5C%25_%28",
    "ten kilobytes": "x" * 10240,
    "object": "%7B%22a%22%3A1%7D",
}
FEW = ("surrogate", "twenty digits", "ten kilobytes")
# The parameters a page reads by itself; all pages get all of them at once as well.
PARAMETERS = {
    "campaigns:evidence_pick": "q page",
    "volunteers:shift_list": "street pillar date places community after",
    "campaigns:activity_list": "state q pillar initiative month page",
    "campaigns:activity_create": "initiative template assignment copy",
    "campaigns:pillar_detail": "page",
    "campaigns:campaign_list": "page",
    "campaigns:campaign_desk": "page",
    "campaigns:task_list": "text state pillar initiative is_overdue page",
    "campaigns:task_detail": "text state page",
    "campaigns:assignment_list": "text state pillar whose page",
    "campaigns:review_list": "page",
    "campaigns:story_list": "kind street page",
    "campaigns:desk_story_list": "text street kind state page",
    "campaigns:convention_communities": "text street page",
    "campaigns:honor_list": "kind year street text page",
    "campaigns:honor_notices": "page",
    "campaigns:honor_desk": "text state kind is_due page",
    "campaigns:honor_notice": "honor",
    "campaigns:honor_award": "honor",
    "communities:community_list": "text street kind order page",
    "communities:community_detail": "day page",
    "communities:organization_list": "text kind state day page",
    "communities:organization_detail": "day",
    "communities:change_list": "state kind page",
    "communities:change_form": "effective_on name unit_name edit",
    "campaigns:organization_activities": "page",
    "communities:pairing_list": "text street day state order lead_only page",
    "communities:notice_list": "text state page",
    "communities:notice_detail": "part page",
    "communities:report_in_list": "text street community state year sort page",
    "communities:report_in_missing": "text street state page",
    "communities:pairing_import_preview": "page",
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
    "accounts:inbox": "page",
    "accounts:export_list": "page",
    "reports:report_detail": "campaign pillar organization organization_text "
    "starts_on ends_on state",
    "reports:report_export": "campaign pillar organization organization_text "
    "starts_on ends_on state",
    "reports:progress": "campaign first last organization page",
    "reports:progress_rows": "campaign first last organization span pillar state page",
    "reports:ledger": "campaign first last part page",
    "reports:ledger_export": "campaign first last",
    "account_login": "next",
    "account_logout": "next",
    "account_reauthenticate": "next",
    "admin:autocomplete": "term page app_label model_name field_name",
}
ALL_NAMES = sorted({name for names in PARAMETERS.values() for name in names.split()})


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), temporary_world() as built:
        yield built


def _one_row_a_page(method: str) -> list[Row]:
    """For each page a row under which somebody gets in."""
    rows: dict[str, Row] = {}
    for row in ROWS:
        if row.method == method and set(row.statuses) & {200, 302, 422}:
            rows.setdefault(row.name, row)
    return list(rows.values())


def _someone_inside(row: Row) -> str:
    """The last role that the page answers; nobody where only nobody is let in."""
    inside = [role for role, status in row.expected().items() if status in {200, 422}]
    return inside[-1] if inside else ROLES[-1]


def _client(world: World, role: str) -> Client:
    client = world.client(role)
    client.raise_request_exception = False
    return client


def _faults(client: Client, urls: dict[str, str], caplog, *, refused=()) -> dict:
    """What was asked to the answer that should not have been given."""
    faults = {}
    for title, url in urls.items():
        caplog.clear()
        response = client.get(url)
        body = b"".join(response)
        if found := _fault(response, body, caplog, is_refused=title in refused):
            faults[title] = found
    return faults


def _fault(response, body: bytes, caplog, *, is_refused: bool = False) -> str:
    if response.status_code >= 500:
        return f"status {response.status_code}: {_logged(caplog)}"
    if logged := _logged(caplog):
        return f"logged {logged}"
    if is_refused and response.status_code not in {400, 404}:
        return f"answered {response.status_code}"
    if response.status_code in {400, 403, 404, 405, 409, 422}:
        is_said = CHINESE.search(body.decode()) or response.status_code == 405
        return "" if is_said else f"{response.status_code} without a word in Chinese"
    return "" if response.status_code in {200, 302} else str(response.status_code)


def _logged(caplog) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.ERROR
        if not record.name.startswith("django.security")
    ]


# Query strings --------------------------------------------------------------


@pytest.mark.parametrize("row", _one_row_a_page("GET"), ids=lambda row: row.name)
def test_page_survives_every_query(row, world, caplog):
    base = reverse(row.name, args=world.arguments_of(row))
    reads_some = row.name in PARAMETERS
    values = REFUSED | {title: ODD[title] for title in (ODD if reads_some else FEW)}
    urls = {
        title: f"{base}?" + "&".join(f"{name}={value}" for name in ALL_NAMES)
        for title, value in values.items()
    }
    urls["arrays"] = f"{base}?" + "&".join(f"{n}=1&{n}=2&{n}[]=3" for n in ALL_NAMES)
    urls["name with NUL"] = f"{base}?a%00b=1"
    urls["no values"] = f"{base}?" + "&".join(ALL_NAMES)

    faults = _faults(
        _client(world, _someone_inside(row)),
        urls,
        caplog,
        refused={*REFUSED, "name with NUL"},
    )

    assert faults == {}


@pytest.mark.parametrize(
    ("name", "parameter"),
    [(name, one) for name, names in PARAMETERS.items() for one in names.split()],
)
def test_parameter_survives_every_value(name, parameter, world, caplog):
    [row] = [row for row in _one_row_a_page("GET") if row.name == name]
    base = reverse(name, args=world.arguments_of(row))
    urls = {title: f"{base}?{parameter}={value}" for title, value in ODD.items()}

    faults = _faults(_client(world, _someone_inside(row)), urls, caplog)

    assert faults == {}


@pytest.mark.parametrize("label", REGISTERS)
def test_register_of_the_admin_site_survives_every_query(label, world, caplog):
    base = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")
    urls = {title: f"{base}?q={value}&o={value}" for title, value in ODD.items()}
    for title in ("not a number", "minus one", "twenty digits", "five thousand digits"):
        urls[f"page {title}"] = f"{base}?p={ODD[title]}"

    faults = _faults(_client(world, "office"), urls, caplog)

    assert faults == {}


# Paths ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [0, 2**31, 2**63 - 1, 2**63, 10**20, int("9" * 4000)],
    ids=["zero", "beyond int4", "last", "beyond int8", "10^20", "4000 digits"],
)
@pytest.mark.parametrize(
    "row",
    [
        row
        for method in ("GET", "POST")
        for row in _one_row_a_page(method)
        if row.name.partition(":")[0]
        in {"accounts", "campaigns", "communities", "volunteers"}
        and row.target not in {"-", "pillar"}
    ],
    ids=str,
)
def test_impossible_number_is_not_found(row, number, world, caplog):
    client = _client(world, _someone_inside(row))
    url = reverse(row.name, args=[number, *world.arguments_of(row)[1:]])

    response = getattr(client, row.method.lower())(url)

    assert response.status_code == 404
    assert _fault(response, response.content, caplog) == ""


@pytest.mark.parametrize(
    "path",
    [
        "/activities/%00/",
        "/pillars/%E2%80%AE/",
        "/pillars/" + "x" * 5000 + "/",
        "/activities/" + "9" * 5000 + "/",
        "/%ED%A0%80/",
        "/reports/activities/export.%E2%80%AE",
        "/reports/activities/export." + "x" * 5000,
        "/accounts/confirm-email/" + "x" * 5000 + "/",
        "/accounts/password/reset/key/zzzzzzzzzzzzzz-set-password/",
        "/accounts/password/reset/key/" + "z" * 5000 + "-x%00/",
        "/admin/communities/organization/%00/change/",
        "/admin/communities/organization/99999999999999999999/change/",
        "/admin/communities/organization/abc/history/",
        "/admin/communities/organization/_ED_A0_80/change/",
        "//evil.invalid/..%2f",
    ],
    ids=lambda path: path[:60],
)
def test_impossible_path_is_answered(path, world, caplog):
    response = _client(world, "committee").get(path)

    assert _fault(response, response.content, caplog) == ""


# Posted forms ---------------------------------------------------------------

CONTROLS = {
    "NUL": "甲\x00乙",
    "override": "甲\u202e乙",
    "zero width": "甲\u200b乙",
    "escape": "甲\x1b乙",
}
TEXTS = {**CONTROLS, "ten kilobytes": "甲" * 10240}
NUMBERS = {
    "NUL": "1\x00",
    "word": "abc",
    "minus one": "-1",
    "beyond int4": "2147483648",
    "twenty digits": "9" * 20,
    "five thousand digits": "9" * 5000,
    "infinite": "1e400",
}
KEYS = {**NUMBERS, "beyond int8": str(2**63), "list": "[1]", "zero": "0"}
MOMENTS = {
    "NUL": "\x00",
    "word": "明天",
    "year 0": "0000-01-01T00:00",
    "year 1": "0001-01-01T00:00",
    "year 9999": "9999-12-31T23:59",
    "32 November": "2026-11-32T09:00",
    "with zone": "0001-01-01T00:00+14:00",
    "ten kilobytes": "2" * 10240,
}


def _caption_data() -> dict[str, object]:
    return {
        "photo_people": "示例人物",
        "photo_taken_on": "2026-05-01",
        "photo_place": "示例地点",
        "photo_purpose": "示例事由",
    }


def _pick_data() -> dict[str, object]:
    """A photo of the unit's own; those of its side come first."""
    own = Evidence.objects.photos().exclude(activity__state="draft")
    return {"evidence": own.first().pk}


def _activity_data() -> dict[str, object]:
    soon = timezone.localtime() + timedelta(days=3)
    return {
        "organization": Membership.objects.get(role="unit").organization_id,
        "campaign": Campaign.objects.get(state="active").pk,
        "initiative": Initiative.objects.get(title="示例举措").pk,
        "title": "示例活动",
        "starts_at": f"{soon:%Y-%m-%dT%H:%M}",
        "ends_at": f"{soon + timedelta(hours=5):%Y-%m-%dT%H:%M}",
        "place": "示例广场",
        "community": Community.objects.first().pk,
        "participant_count": "5",
        "risk": "low",
    }


def _paper_data() -> dict[str, object]:
    return {
        "kind": "notice",
        "title": "示例通知",
        "issued_on": "2026-05-01",
        "text": "## 示例",
        "position": "1",
    }


def _shift_data() -> dict[str, object]:
    starts = timezone.localtime() + timedelta(days=3, hours=1)
    return {
        "title": "示例岗位",
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "ends_at": f"{starts + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "place": "示例集合点",
        "community": Community.objects.first().pk,
        "capacity": "5",
        "waitlist_capacity": "5",
        "closes_hours": "24",
    }


def _notice_data() -> dict[str, object]:
    table = "单位,挂钩社区\n示例单位,示例社区\n".encode()
    return {
        "kind": "whole",
        "file": upload(table, "示例.csv"),
        "number": "示例〔2026〕1号",
        "starts_on": "2026-11-23",
    }


def _signup_data() -> dict[str, object]:
    return {
        "display_name": "示例人",
        "phone": "13800138000",
        "email": "hostile@example.invalid",
        "age_band": "18-59",
        "password1": "示例口令-8341",
        "password2": "示例口令-8341",
        "consent": "on",
    }


def _post_data() -> dict[str, object]:
    return {
        "community": Membership.objects.get(role="community").community_id,
        "title": "示例岗位",
        "duties": "示例职责",
        "places": "3",
    }


def _agreement_data() -> dict[str, object]:
    return {
        "pairing": Pairing.objects.first().pk,
        "title": "示例协议",
        "signed_on": "2031-01-01",
        "starts_on": "2031-01-01",
        "ends_on": "2031-12-31",
        "summary": "示例事项",
    }


def _meeting_data() -> dict[str, object]:
    return {
        "title": "示例会议",
        "held_on": "2026-05-01",
        "place": "示例会议室",
        "organizations": [Pairing.objects.first().organization_id],
        "record": "示例纪要",
        "agreed-TOTAL_FORMS": "1",
        "agreed-INITIAL_FORMS": "0",
        "agreed-0-text": "示例事项",
        "agreed-0-owner": "",
        "agreed-0-due_on": "2026-06-01",
    }


def _renewal_data() -> dict[str, object]:
    return _agreement_data() | {"signed_on": "2027-01-01"}


def _need_data() -> dict[str, object]:
    return {
        "community": Membership.objects.get(role="community").community_id,
        "category": "people",
        "title": "示例需求",
        "text": "示例说明",
        "quantity": "3",
        "measure": "人",
        "wanted_by": "2031-05-01",
    }


def _claim_data() -> dict[str, object]:
    organization = Membership.objects.get(role="unit").organization_id
    return {"organization": organization, "quantity": "1", "note": "示例"}


def _resource_data() -> dict[str, object]:
    return {
        "organization": Membership.objects.get(role="unit").organization_id,
        "category": "goods",
        "title": "示例资源",
        "text": "示例说明",
        "starts_on": "2026-05-01",
        "ends_on": "2031-05-01",
    }


def _task_data() -> dict[str, object]:
    organization = Membership.objects.get(role="unit").organization_id
    return {
        "campaign": Campaign.objects.get(state="active").pk,
        "initiative": Initiative.objects.get(title="示例举措").pk,
        "title": "示例任务",
        "due_on": "2031-05-01",
        "needed_count": "2",
        "audience": "list",
        "organizations": [organization],
        "step": "issue",
        "seen": fingerprint_of_numbers([organization]),
    }


def _task_words() -> dict[str, object]:
    return {"title": "新名称", "text": "新要求", "due_on": "2031-05-01"}


def _reassign_data() -> dict[str, object]:
    root = Membership.objects.get(role="unit").organization.parent_id
    return {"organization": root, "reason": "示例"}


def _story_data() -> dict[str, object]:
    return {
        "kind": "family",
        "title": "示例故事",
        "text": "示例正文",
        "people_shown": "2",
        "organization": Membership.objects.get(role="unit").organization_id,
        "community": Membership.objects.get(role="community").community_id,
    }


def _consent_data() -> dict[str, object]:
    return {"subject": "示例居民", "method": "paper", "given_on": "2026-05-01"}


def _pledge_data() -> dict[str, object]:
    return {
        "who": "household",
        "community": Community.objects.standing().first().pk,
        "number": "2",
    }


def _honor_data() -> dict[str, object]:
    return {
        "kind": "window",
        "organization": Membership.objects.get(role="unit").organization_id,
        "holder": "示例窗口",
        "text": "示例事迹",
    }


# Page, object, who posts, the sound data, and the kind of each field.
def _rename_data() -> dict[str, object]:
    return {
        "effective_on": "2026-05-01",
        "name": "示例新名称",
        "unit_name": "示例单位",
        "seen": fingerprint([]),
    }


FORMS = {
    "communities:change_form": ("foreign_rename", "committee", _rename_data),
    "communities:change_undo": (
        "foreign_change",
        "committee",
        lambda: {"reason": "示例"},
    ),
    "campaigns:story_create": ("-", "unit", _story_data),
    "campaigns:story_edit": ("own_story", "unit", _story_data),
    "campaigns:story_return": (
        "own_story_submitted",
        "office",
        lambda: {"reason": "示例"},
    ),
    "campaigns:story_withdraw": ("own_story", "unit", lambda: {"reason": "示例"}),
    "campaigns:story_consent": ("own_story", "unit", _consent_data),
    "campaigns:convention_edit": (
        "draft_convention",
        "office",
        lambda: {"title": "示例公约", "text": "示例条文"},
    ),
    "campaigns:pledge_create": ("-", "volunteer", _pledge_data),
    "campaigns:honor_create": ("-", "unit", _honor_data),
    "campaigns:honor_edit": ("own_honor", "unit", _honor_data),
    "campaigns:honor_withdraw": ("own_honor", "unit", lambda: {"reason": "示例"}),
    "campaigns:honor_object": (
        "own_honor_notice",
        "volunteer",
        lambda: {"text": "示例"},
    ),
    "campaigns:honor_check": (
        "own_honor_applied",
        "office",
        lambda: {"decision": "returned", "reason": "示例"},
    ),
    "campaigns:honor_yearly": (
        "own_hidden_honor",
        "office",
        lambda: {"passed": "yes", "note": "示例"},
    ),
    "campaigns:honor_revoke": (
        "own_hidden_honor",
        "office",
        lambda: {"reason": "示例"},
    ),
    "campaigns:objection_answer": (
        "own_objection",
        "office",
        lambda: {"decision": "dismissed", "answer": "示例"},
    ),
    "campaigns:activity_create": ("-", "unit", _activity_data),
    "campaigns:activity_edit": ("own_draft", "unit", _activity_data),
    "campaigns:partner_invite": (
        "own_draft",
        "unit",
        lambda: {"organization": OrganizationFactory().name},
    ),
    "campaigns:document_create": ("campaign", "office", _paper_data),
    "campaigns:document_edit": ("foreign_draft_paper", "office", _paper_data),
    "campaigns:document_withdraw": (
        "published_paper",
        "office",
        lambda: {"reason": "示例"},
    ),
    "campaigns:evidence_add": ("own_draft_record", "unit", _caption_data),
    "campaigns:document_add": (
        "own_draft_record",
        "unit",
        lambda: {"purpose": "示例"},
    ),
    "campaigns:evidence_describe": ("own_draft_photo", "unit", _caption_data),
    "campaigns:evidence_pick": (
        "own_draft_record",
        "unit",
        _pick_data,
    ),
    "campaigns:activity_review": (
        "own_submitted",
        "office",
        lambda: {"decision": "returned", "reason": "示例"},
    ),
    "campaigns:task_create": ("-", "office", _task_data),
    "campaigns:task_edit": ("own_task", "office", _task_words),
    "campaigns:task_cancel": ("own_task", "office", lambda: {"reason": "示例"}),
    "campaigns:assignment_reassign": ("own_assignment", "office", _reassign_data),
    "campaigns:assignment_report": (
        "own_assignment",
        "unit",
        lambda: {"text": "示例进展"},
    ),
    "volunteers:shift_create": ("own_published", "unit", _shift_data),
    "volunteers:shift_edit": ("own_published", "unit", _shift_data),
    "volunteers:shift_cancel": ("own_draft", "unit", lambda: {"reason": "示例"}),
    "volunteers:activity_cancel": ("own_draft", "unit", lambda: {"reason": "示例"}),
    "volunteers:volunteer_edit": ("-", "volunteer", lambda: {"home_community": ""}),
    "communities:pairing_import": ("-", "committee", _notice_data),
    "communities:pairing_end": (
        "own_pairing",
        "committee",
        lambda: {"last_day": timezone.localdate().isoformat(), "reason": "示例"},
    ),
    "communities:notice_withdraw": (
        "planned_notice",
        "committee",
        lambda: {"reason": "示例"},
    ),
    "communities:member_report_in_create": (
        "-",
        "leader",
        lambda: {"community": Community.objects.first().pk},
    ),
    "communities:member_report_in_edit": (
        "volunteers_home",
        "volunteer",
        lambda: {"skills": "示例"},
    ),
    "communities:member_report_in_answer": (
        "volunteers_home",
        "community",
        lambda: {"decision": "return", "reason": "示例"},
    ),
    "communities:post_create": ("-", "community", _post_data),
    "communities:post_edit": ("own_post", "community", _post_data),
    "communities:leading_post_create": (
        "own_team",
        "unit",
        lambda: {"title": "示例职务", "rank": "1", "starts_on": "2026-05-01"},
    ),
    "communities:leader_appoint": (
        "own_leading_post",
        "unit",
        lambda: {"name": "示例", "starts_on": "2026-05-01", "ends_previous": "on"},
    ),
    "communities:leader_link": (
        "own_leader",
        "unit",
        lambda: {"label": "示例路", "starts_on": "2026-05-01"},
    ),
    "communities:leader_term_end": (
        "own_term",
        "unit",
        lambda: {"last_day": "2026-05-01"},
    ),
    "communities:agreement_create": ("-", "unit", _agreement_data),
    "communities:agreement_renew": ("own_agreement", "community", _renewal_data),
    "communities:agreement_end": (
        "own_agreement",
        "unit",
        lambda: {"last_day": "2026-05-01", "reason": "示例"},
    ),
    "communities:meeting_create": ("own_community", "community", _meeting_data),
    "communities:meeting_action_finish": (
        "own_meeting_action",
        "unit",
        lambda: {"result": "示例"},
    ),
    "communities:need_create": ("-", "community", _need_data),
    "communities:need_edit": ("own_draft_need", "community", _need_data),
    "communities:need_withdraw": (
        "own_draft_need",
        "community",
        lambda: {"reason": "示例"},
    ),
    "communities:need_claim": ("foreign_need", "unit", _claim_data),
    "communities:resource_create": ("-", "unit", _resource_data),
    "communities:resource_edit": ("own_resource", "unit", _resource_data),
    "communities:project_create": (
        "own_match",
        "community",
        lambda: {"title": "示例项目", "plan": "示例安排"},
    ),
    "communities:project_cancel": (
        "own_project",
        "unit",
        lambda: {"reason": "示例"},
    ),
    "communities:claim_withdraw": ("own_claim", "unit", lambda: {"reason": "示例"}),
    "account_signup": ("-", "nobody", _signup_data),
    "account_login": (
        "-",
        "nobody",
        lambda: {"login": "nobody", "password": "示例口令-1"},
    ),
    "account_reset_password": ("-", "nobody", lambda: {"email": "a@example.invalid"}),
    "account_email": (
        "-",
        "volunteer",
        lambda: {"email": "b@example.invalid", "action_add": ""},
    ),
    "account_change_phone": ("-", "volunteer", lambda: {"phone": "13800138001"}),
    "account_reauthenticate": ("-", "volunteer", lambda: {"password": "示例口令-1"}),
    "account_change_password": (
        "-",
        "volunteer",
        lambda: {
            "oldpassword": "示例口令-8341",
            "password1": "示例口令-8342",
            "password2": "示例口令-8342",
        },
    ),
}
FIELDS = [
    *[("communities:change_form", name, TEXTS) for name in ("name", "document")],
    ("communities:change_form", "effective_on", MOMENTS),
    ("communities:change_undo", "reason", TEXTS),
    *[
        (f"campaigns:activity_{page}", name, values)
        for page in ("create", "edit")
        for names, values in [
            ("title place text insurance safety_briefing", TEXTS),
            ("topic host names promise result", TEXTS),
            ("promised_for done_on", MOMENTS),
            ("photo_people photo_place photo_purpose photo_explanation", TEXTS),
            ("photo_taken_on", MOMENTS),
            ("contact_name contact_phone", TEXTS),
            ("starts_at ends_at", MOMENTS),
            ("organization campaign initiative second_pillar community", KEYS),
            ("participant_count", {k: v for k, v in NUMBERS.items() if k != "word"}),
            ("risk", TEXTS),
        ]
        for name in names.split()
    ],
    ("campaigns:partner_invite", "organization", TEXTS),
    *[
        (f"campaigns:evidence_{page}", name, values)
        for page in ("add", "describe")
        for names, values in [
            ("photo_people photo_place photo_purpose photo_explanation", TEXTS),
            ("photo_taken_on", MOMENTS),
        ]
        for name in names.split()
    ],
    *[
        (f"campaigns:document_{page}", name, values)
        for page in ("create", "edit")
        for names, values in [
            ("kind title", TEXTS),
            ("text", CONTROLS),
            ("issued_on", MOMENTS),
            ("position", NUMBERS),
        ]
        for name in names.split()
    ],
    ("campaigns:document_withdraw", "reason", TEXTS),
    ("campaigns:evidence_add", "photos", TEXTS),
    ("campaigns:document_add", "file", TEXTS),
    ("campaigns:document_add", "purpose", TEXTS),
    ("campaigns:evidence_pick", "evidence", KEYS),
    ("campaigns:activity_review", "decision", TEXTS),
    ("campaigns:activity_review", "reason", TEXTS),
    *[
        (f"campaigns:{page}", name, values)
        for page, names, values in [
            ("honor_create", "kind holder text", TEXTS),
            ("honor_create", "organization", KEYS),
            ("honor_edit", "kind holder text", TEXTS),
            ("honor_withdraw", "reason", TEXTS),
            ("honor_object", "text", TEXTS),
            ("honor_check", "decision reason", TEXTS),
            ("honor_yearly", "passed note", TEXTS),
            ("honor_revoke", "reason", TEXTS),
            ("objection_answer", "decision answer", TEXTS),
        ]
        for name in names.split()
    ],
    *[
        (f"volunteers:shift_{page}", name, values)
        for page in ("create", "edit")
        for names, values in [
            ("title place", TEXTS),
            ("starts_at ends_at", MOMENTS),
            ("community", KEYS),
            ("capacity waitlist_capacity closes_hours", NUMBERS),
        ]
        for name in names.split()
    ],
    *[
        (f"campaigns:{page}", name, values)
        for page, names, values in [
            ("task_create", "title text audience", TEXTS),
            ("task_create", "campaign initiative organizations", KEYS),
            ("task_create", "needed_count", NUMBERS),
            ("task_create", "due_on", MOMENTS),
            ("task_edit", "title text", TEXTS),
            ("task_edit", "due_on", MOMENTS),
            ("task_cancel", "reason", TEXTS),
            ("assignment_reassign", "organization", KEYS),
            ("assignment_reassign", "reason", TEXTS),
            ("assignment_report", "text", TEXTS),
        ]
        for name in names.split()
    ],
    *[
        (f"campaigns:{page}", name, values)
        for page, names, values in [
            ("story_create", "kind title text", TEXTS),
            ("story_create", "organization community", KEYS),
            ("story_create", "people_shown", NUMBERS),
            ("story_edit", "kind title text", TEXTS),
            ("story_edit", "people_shown", NUMBERS),
            ("story_return", "reason", TEXTS),
            ("story_withdraw", "reason", TEXTS),
            ("story_consent", "subject method", TEXTS),
            ("story_consent", "given_on", MOMENTS),
            ("convention_edit", "title text", TEXTS),
            ("pledge_create", "who", TEXTS),
            ("pledge_create", "community", KEYS),
            ("pledge_create", "number", NUMBERS),
        ]
        for name in names.split()
    ],
    ("volunteers:shift_cancel", "reason", TEXTS),
    ("volunteers:activity_cancel", "reason", TEXTS),
    ("volunteers:volunteer_edit", "home_community", KEYS),
    ("communities:pairing_import", "kind", TEXTS),
    ("communities:pairing_import", "number", TEXTS),
    ("communities:pairing_import", "starts_on", MOMENTS),
    ("communities:pairing_import", "file", TEXTS),
    ("communities:pairing_end", "last_day", MOMENTS),
    ("communities:pairing_end", "reason", TEXTS),
    ("communities:notice_withdraw", "reason", TEXTS),
    *[
        (f"communities:member_report_in_{page}", name, TEXTS)
        for page in ("create", "edit")
        for name in ("organization", "skills", "free_times")
    ],
    ("communities:member_report_in_create", "community", KEYS),
    ("communities:member_report_in_create", "posts", KEYS),
    ("communities:member_report_in_answer", "decision", TEXTS),
    ("communities:member_report_in_answer", "reason", TEXTS),
    *[
        (f"communities:post_{page}", name, TEXTS)
        for page in ("create", "edit")
        for name in ("title", "duties", "times")
    ],
    ("communities:post_create", "community", KEYS),
    ("communities:post_edit", "places", NUMBERS),
    *[
        (f"communities:{page}", name, values)
        for page, names, values in [
            ("leading_post_create", "title", TEXTS),
            ("leading_post_create", "rank", NUMBERS),
            ("leading_post_create", "starts_on", MOMENTS),
            ("leader_appoint", "name", TEXTS),
            ("leader_appoint", "leader", KEYS),
            ("leader_appoint", "starts_on ends_on", MOMENTS),
            ("leader_link", "label", TEXTS),
            ("leader_link", "community", KEYS),
            ("leader_link", "starts_on ends_on", MOMENTS),
            ("leader_term_end", "last_day", MOMENTS),
            ("agreement_create", "title summary", TEXTS),
            ("agreement_create", "pairing", KEYS),
            ("agreement_create", "signed_on starts_on ends_on", MOMENTS),
            ("agreement_renew", "title summary", TEXTS),
            ("agreement_renew", "ends_on", MOMENTS),
            ("agreement_end", "last_day", MOMENTS),
            ("agreement_end", "reason", TEXTS),
            ("meeting_create", "title place record agreed-0-text", TEXTS),
            ("meeting_create", "organizations agreed-0-owner", KEYS),
            ("meeting_create", "held_on agreed-0-due_on", MOMENTS),
            ("meeting_action_finish", "result", TEXTS),
        ]
        for name in names.split()
    ],
    *[
        (f"communities:{page}", name, values)
        for page, names, values in [
            ("need_create", "title text measure category", TEXTS),
            ("need_create", "community", KEYS),
            ("need_create", "quantity", NUMBERS),
            ("need_create", "wanted_by", MOMENTS),
            ("need_edit", "title text measure category", TEXTS),
            ("need_edit", "quantity", NUMBERS),
            ("need_edit", "wanted_by", MOMENTS),
            ("need_withdraw", "reason", TEXTS),
            ("need_claim", "organization", KEYS),
            ("need_claim", "quantity", NUMBERS),
            ("need_claim", "note", TEXTS),
            ("claim_withdraw", "reason", TEXTS),
            ("resource_create", "title text category", TEXTS),
            ("resource_create", "organization", KEYS),
            ("resource_create", "starts_on ends_on", MOMENTS),
            ("resource_edit", "title text category", TEXTS),
            ("resource_edit", "starts_on ends_on", MOMENTS),
            ("project_create", "title plan", TEXTS),
            ("project_cancel", "reason", TEXTS),
        ]
        for name in names.split()
    ],
    *[
        ("account_signup", name, TEXTS)
        for name in _signup_data()
        if name != "consent"  # any text is a tick
    ],
    ("account_login", "login", TEXTS),
    ("account_login", "password", TEXTS),
    ("account_reset_password", "email", TEXTS),
    ("account_email", "email", TEXTS),
    ("account_change_phone", "phone", TEXTS),
    ("account_reauthenticate", "password", TEXTS),
    ("account_change_password", "oldpassword", TEXTS),
    ("account_change_password", "password2", TEXTS),
]


@pytest.mark.parametrize(("name", "field", "values"), FIELDS)
def test_field_refuses_every_bad_value(name, field, values, world, caplog):
    target, role, make_data = FORMS[name]
    url = reverse(name, args=world.arguments_of(Row(name, "POST", target, ())))
    faults = {}

    for title, value in values.items():
        caplog.clear()
        point = transaction.savepoint()
        response = _client(world, role).post(url, {**make_data(), field: value})
        transaction.savepoint_rollback(point)
        if found := _fault(response, response.content, caplog):
            faults[title] = found
        elif response.status_code not in {200, 422}:
            faults[title] = f"accepted with {response.status_code}"

    assert faults == {}


@pytest.mark.parametrize("name", FORMS)
def test_sound_data_is_accepted(name, world):
    """Or the refusals above would prove nothing."""
    target, role, make_data = FORMS[name]
    url = reverse(name, args=world.arguments_of(Row(name, "POST", target, ())))
    wrong_password = name in {"account_login", "account_reauthenticate"}
    lacks_file = name in {"campaigns:evidence_add", "campaigns:document_add"}

    response = world.client(role).post(url, make_data())

    expected = 422 if lacks_file else 200 if wrong_password else 302
    assert response.status_code == expected, response.context["form"].errors


BODIES = {
    "no boundary": ("multipart/form-data", b"x"),
    "broken multipart": ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    "wrong length": ("multipart/form-data; boundary=x", b""),
    "JSON": ("application/json", b'{"title": "x"}'),
    "unknown charset": ("application/x-www-form-urlencoded; charset=x-none", b"a=%ff"),
    "surrogates": ("application/x-www-form-urlencoded", b"title=%ED%A0%80&a=%FF"),
    "too many fields": ("application/x-www-form-urlencoded", b"a=1&" * 2001),
    "too long": ("application/x-www-form-urlencoded", b"a=" + b"x" * 6 * 1024 * 1024),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    "name", ["campaigns:activity_create", "account_login", "communities:pairing_import"]
)
def test_broken_body_is_answered(name, body, world, caplog):
    kind, content = BODIES[body]
    client = _client(world, FORMS[name][1])

    response = client.generic("POST", reverse(name), content, content_type=kind)

    assert response.status_code in {200, 400, 413, 422}
    assert _fault(response, response.content, caplog) == ""


# Headers --------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Current-URL": "http://[broken"},
        {"HX-Request": "true", "HX-Current-URL": "%00", "HX-Target": "\x00"},
        {"Cookie": "sessionid=%00; csrftoken=\x00"},
        {"Cookie": "sessionid=" + "x" * 4000},
        {"Accept-Language": "zh;q=9e999," * 200},
        {"X-Forwarded-For": "not an address, 999.1.1.1"},
        {"X-Forwarded-Proto": "gopher", "Forwarded": "for=x"},
        {"Referer": "http://[broken"},
        {"Range": "bytes=9999999999999-0"},
        {"If-Modified-Since": "Mon, 32 Nov 0000 00:00:00 GMT"},
    ],
    ids=lambda headers: "+".join(headers),
)
@pytest.mark.parametrize("path", ["/", "/me/", "/desk/", "/admin/"])
def test_odd_headers_are_answered(headers, path, caplog):
    client = Client(raise_request_exception=False)

    response = client.get(path, headers=headers)

    assert response.status_code in {200, 302, 401}
    assert _logged(caplog) == []


@pytest.mark.parametrize("host", ["evil.invalid", "testserver:x", "a b", "测试", ""])
def test_foreign_host_is_refused(host):
    response = Client(raise_request_exception=False).get("/", headers={"Host": host})

    assert response.status_code == 400
    assert "evil" not in response.content.decode()
