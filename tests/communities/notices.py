"""Notices written in a line: who is paired with whom."""

from datetime import date, timedelta

from communities.actions import import_pairings
from communities.imports.pairing_plan import plan_pairings
from communities.imports.pairings import OPTIONAL, SourceRow
from communities.models import Community, Organization, Pairing, PairingNotice

WHOLE, SUPPLEMENT = PairingNotice.Kind.WHOLE, PairingNotice.Kind.SUPPLEMENT
MAY_1 = date(2026, 5, 1)
DAY = timedelta(days=1)
FIELDS = ["unit", "community", *OPTIONAL]


def source(*rows, first=2):
    """Rows as read: unit, community, street, leader and so on."""
    return [
        SourceRow(
            number, dict(zip(FIELDS, (*row, *[""] * 8)[: len(FIELDS)], strict=True))
        )
        for number, row in enumerate(rows, first)
    ]


def plan(*rows, kind=WHOLE, starts_on=MAY_1):
    return plan_pairings(source(*rows), starts_on=starts_on, kind=kind)


def publish(
    *rows, number="测试〔2026〕1号", kind=WHOLE, starts_on=MAY_1, accepts_gaps=True
):
    """The notice; its rows are published."""
    import_pairings(
        rows=source(*rows),
        number=number,
        starts_on=starts_on,
        kind=kind,
        accepts_gaps=accepts_gaps,
        by=None,
    )
    return PairingNotice.objects.filter(number=number).first()


def unit(name):
    return Organization.objects.get(
        unit_name=name,
        kind__in=["committee", "branch"],
        parent__kind="working_committee",
    )


def place(name):
    return Community.objects.get(name=name)


def periods(unit_name=None, community_name=None):
    """First and last day of the valid rows, by unit and community."""
    rows = Pairing.objects.valid().order_by(
        "organization_id", "community_id", "starts_on"
    )
    if unit_name:
        rows = rows.filter(organization__unit_name=unit_name)
    if community_name:
        rows = rows.filter(community__name=community_name)
    return [
        (row.organization.unit_name, row.community.name, row.starts_on, row.ends_on)
        for row in rows.select_related("organization", "community")
    ]
