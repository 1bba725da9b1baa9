"""Forms of pairings, agreements, meetings, leaders."""

from django.utils import timezone

from communities.imports.register_differences import fingerprint
from communities.models import Pairing
from tests.files import upload
from tests.hostile.forms.base import Form


def _notice_data() -> dict[str, object]:
    table = "单位,挂钩社区\n示例单位,示例社区\n".encode()
    return {
        "kind": "whole",
        "file": upload(table, "示例.csv"),
        "number": "示例〔2026〕1号",
        "starts_on": "2026-11-23",
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


def _roster() -> dict[str, object]:
    table = "党组织名称,上级党组织,所在单位\n示例党支部,,示例单位\n".encode()
    return {"file": upload(table, "示例.csv"), "effective_on": "2026-01-01"}


FORMS = {
    "communities:register_import": Form(
        "organizations_file", "committee", _roster, texts="file", moments="effective_on"
    ),
    "communities:register_import_confirm": Form(
        "committees_file",
        "committee",
        lambda: {"seen": fingerprint([], None)},
        texts="seen",
    ),
    "communities:pairing_import": Form(
        "-", "committee", _notice_data, texts="kind number file", moments="starts_on"
    ),
    "communities:pairing_end": Form(
        "own_pairing",
        "committee",
        lambda: {"last_day": timezone.localdate().isoformat(), "reason": "示例"},
        texts="reason",
        moments="last_day",
    ),
    "communities:notice_withdraw": Form(
        "planned_notice", "committee", lambda: {"reason": "示例"}, texts="reason"
    ),
    "communities:leading_post_create": Form(
        "own_team",
        "unit",
        lambda: {"title": "示例职务", "rank": "1", "starts_on": "2026-05-01"},
        texts="title",
        moments="starts_on",
        numbers="rank",
    ),
    "communities:leader_appoint": Form(
        "own_leading_post",
        "unit",
        lambda: {"name": "示例", "starts_on": "2026-05-01", "ends_previous": "on"},
        texts="name",
        moments="starts_on ends_on",
        keys="leader",
    ),
    "communities:leader_link": Form(
        "own_leader",
        "unit",
        lambda: {"label": "示例路", "starts_on": "2026-05-01"},
        texts="label",
        moments="starts_on ends_on",
        keys="community",
    ),
    "communities:leader_term_end": Form(
        "own_term", "unit", lambda: {"last_day": "2026-05-01"}, moments="last_day"
    ),
    "communities:agreement_create": Form(
        "-",
        "unit",
        _agreement_data,
        texts="title summary",
        moments="signed_on starts_on ends_on",
        keys="pairing",
    ),
    "communities:agreement_renew": Form(
        "own_agreement",
        "community",
        _renewal_data,
        texts="title summary",
        moments="ends_on",
    ),
    "communities:agreement_end": Form(
        "own_agreement",
        "unit",
        lambda: {"last_day": "2026-05-01", "reason": "示例"},
        texts="reason",
        moments="last_day",
    ),
    "communities:meeting_create": Form(
        "own_community",
        "community",
        _meeting_data,
        texts="title place record agreed-0-text",
        moments="held_on agreed-0-due_on",
        keys="organizations agreed-0-owner",
    ),
    "communities:meeting_action_finish": Form(
        "own_meeting_action", "unit", lambda: {"result": "示例"}, texts="result"
    ),
}
