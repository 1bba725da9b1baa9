"""Forms of tasks."""

from campaigns.models import Campaign, Initiative
from campaigns.queries.task_audience import fingerprint_of_numbers
from communities.models import Membership
from tests.hostile.forms.base import Form


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


FORMS = {
    "campaigns:task_create": Form(
        "-",
        "office",
        _task_data,
        texts="title text audience",
        moments="due_on",
        numbers="needed_count",
        keys="campaign initiative organizations",
    ),
    "campaigns:task_edit": Form(
        "own_task", "office", _task_words, texts="title text", moments="due_on"
    ),
    "campaigns:task_cancel": Form(
        "own_task", "office", lambda: {"reason": "示例"}, texts="reason"
    ),
    "campaigns:assignment_reassign": Form(
        "own_assignment", "office", _reassign_data, texts="reason", keys="organization"
    ),
    "campaigns:assignment_report": Form(
        "own_assignment", "unit", lambda: {"text": "示例进展"}, texts="text"
    ),
}
