"""The report that has exactly the rows of one figure of the progress matrix."""

from collections.abc import Collection
from urllib.parse import urlencode

from django.urls import reverse

from campaigns.models import Activity, Pillar
from communities.models import Organization
from reports.overview.asked import days_of
from reports.progress import Kind, Question

STATES = {
    Kind.APPROVED: Activity.State.APPROVED,
    Kind.WAITING: Activity.State.SUBMITTED,
}


def report_url(
    question: Question,
    place: int | None,
    members: Collection[int],
    pillar: Pillar | None,
    kind: str,
) -> str:
    """The report of activities under filters that mean the same; "" if none do.

    For readers of the whole district. The report knows no addendum, and of an
    organisation only all that stand below it today: a unit without the branches of
    another, or a branch as it stood at a freeze, may be something else.
    """
    is_split = question.campaign.is_frozen and kind != Kind.WAITING
    if kind not in STATES or is_split or not _is_all_below(place, members):
        return ""
    values = {"campaign": question.campaign.pk, "state": STATES[kind].value}
    if place:
        values["organization"] = place
    if pillar:
        values["pillar"] = pillar.pk
    if question.months:
        days = days_of(*question.months)
        values |= {name: day.isoformat() for name, day in days.items()}
    url = reverse("reports:report_detail", args=["activities"])
    return f"{url}?{urlencode(values)}"


def _is_all_below(place: int | None, members: Collection[int]) -> bool:
    """Whether these are the organisation and all below it; all without one."""
    rows = Organization.objects.order_by()
    if place:
        path = rows.values_list("path", flat=True).get(pk=place)
        rows = rows.filter(path__startswith=path)
    return set(rows.values_list("pk", flat=True)) == set(members)
