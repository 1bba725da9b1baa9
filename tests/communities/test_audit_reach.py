"""What a search of the audit log never lists, and how far one page reads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.queries import audit_reach
from core import audit
from core.models import AuditEntry
from tests.factories.communities import OrganizationFactory
from tests.factories.hours import AttendanceFactory, PastShiftFactory
from tests.factories.volunteers import SignupFactory
from volunteers.actions.settlement import settle_shift

pytestmark = pytest.mark.django_db
LIST = reverse("communities:audit_list")
ENDS = ("attended", "no_show", "excused", "lapsed")


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


@pytest.fixture
def settled(office_official):
    """The line of a settled shift: one came, one did not, one was excused."""
    shift = PastShiftFactory()
    AttendanceFactory(signup__shift=shift)
    excused, _missing = SignupFactory.create_batch(2, shift=shift)
    settle_shift(
        shift=shift, excused=[excused.pk], by=office_official, now=timezone.now()
    )
    return AuditEntry.objects.get(verb="volunteers.shift_settled")


@pytest.mark.parametrize(
    "query",
    ["", "act=moved", "register=volunteers.Signup", "parent={parent}", "text=班"],
)
def test_no_search_lists_who_did_not_come(query, settled, office):
    page = office.get(f"{LIST}?{query.format(parent=settled.pk)}")

    verbs = [line.entry.verb for line in page.context["lines"]]
    assert [verb for verb in verbs if verb.endswith(ENDS)] == []
    assert settled.children.filter(verb="volunteers.signup_no_show").exists()


def test_admin_site_lists_no_one_who_did_not_come(settled, office):
    page = office.get("/admin/core/auditentry/")

    shown = [row.verb for row in page.context["cl"].queryset]
    assert "volunteers.shift_settled" in shown
    assert [verb for verb in shown if verb.endswith(ENDS)] == []


def test_settled_shift_says_how_many_lines_it_has(settled, office):
    page = office.get(LIST, {"register": "volunteers.Shift"})

    [line] = [line for line in page.context["lines"] if line.entry == settled]
    assert line.children >= 3


@pytest.mark.parametrize("state", ["no_show", "excused", "attended"])
def test_history_of_a_sign_up_tells_the_same_of_everybody(state, office):
    signup = SignupFactory()
    signup.move_to(state, by=None)
    url = reverse("communities:audit_history", args=["volunteers.Signup", signup.pk])

    read = office.get(url).content.decode()

    assert "已结算" in read
    assert not [word for word in ("未到", "已请假", "已参加", *ENDS) if word in read]


@pytest.fixture
def old_line(monkeypatch):
    """A line of an act that is searched for, three pages' reach ago."""
    monkeypatch.setattr(audit_reach, "REACH", 4)
    monkeypatch.setattr(audit_reach, "SLACK", 0)
    unit = OrganizationFactory()
    found = audit.record("communities.organization_granted", target=unit, by=None)
    for _ in range(9):
        audit.record("communities.organization_changed", target=unit, by=None)
    return found


def test_search_for_an_act_goes_on_below_a_stretch_without_any(old_line, office):
    query = {"act": "granted"}
    pages = [office.get(LIST, query)]
    while older := pages[-1].context["older"]:
        pages.append(office.get(LIST, {**query, "before": older}))

    found = [line.entry for page in pages for line in page.context["lines"]]
    assert "更早的记录还没有查" in pages[0].content.decode()
    assert found == [old_line]


def test_search_for_an_act_ends_where_the_days_begin(old_line, office):
    tomorrow = timezone.localdate() + timedelta(days=1)

    page = office.get(LIST, {"act": "granted", "starts_on": tomorrow.isoformat()})

    assert (page.context["lines"], page.context["older"]) == ([], None)
