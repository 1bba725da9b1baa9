"""Forms of the registers and of report-ins."""

from communities.actions.touched import fingerprint
from communities.models import Community
from tests.hostile.forms.base import Form


def _rename_data() -> dict[str, object]:
    return {
        "effective_on": "2026-05-01",
        "name": "示例新名称",
        "unit_name": "示例单位",
        "seen": fingerprint([]),
    }


FORMS = {
    "communities:change_form": Form(
        "foreign_rename",
        "committee",
        _rename_data,
        texts="name document",
        moments="effective_on",
    ),
    "communities:change_undo": Form(
        "foreign_change", "committee", lambda: {"reason": "示例"}, texts="reason"
    ),
    "communities:member_report_in_create": Form(
        "-",
        "leader",
        lambda: {"community": Community.objects.first().pk},
        texts="organization skills free_times",
        keys="community posts",
    ),
    "communities:member_report_in_edit": Form(
        "volunteers_home",
        "volunteer",
        lambda: {"skills": "示例"},
        texts="organization skills free_times",
    ),
    "communities:member_report_in_answer": Form(
        "volunteers_home",
        "community",
        lambda: {"decision": "return", "reason": "示例"},
        texts="decision reason",
    ),
}
