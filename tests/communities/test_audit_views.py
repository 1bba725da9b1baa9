"""The pages of the audit log: search, batches, one record's history, masks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Organization
from communities.queries.audit import PAGE_SIZE
from core import audit
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db
LIST = reverse("communities:audit_list")
VERB = "communities.organization_changed"


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


@pytest.fixture
def auditor(signed_in):
    return signed_in(MembershipFactory(role="auditor").user)


def found(client, **query):
    """The verbs and targets of the lines a search leaves."""
    lines = client.get(LIST, query).context["lines"]
    return [(line.entry.verb.partition(".")[2], line.target) for line in lines]


@pytest.fixture
def lines():
    unit, person = OrganizationFactory(name="某机关党委"), UserFactory()
    official = MembershipFactory(role="office").user
    official.display_name = "示例经办"
    official.save()
    audit.record(VERB, target=unit, by=official, fields=["name"])
    audit.record("accounts.user_deactivated", target=person, by=None)
    return unit, person


@pytest.mark.parametrize(
    ("query", "verb"),
    [
        ({"who": "示例经办"}, "organization_changed"),
        ({"act": "changed"}, "organization_changed"),
        ({"register": "accounts.User"}, "user_deactivated"),
        ({"text": "某机关", "act": "changed"}, "organization_changed"),
    ],
    ids=["who", "act", "register", "record"],
)
@pytest.mark.usefixtures("lines")
def test_search_finds_the_line(query, verb, office):
    assert [line[0] for line in found(office, **query)] == [verb]


@pytest.mark.usefixtures("lines")
def test_search_by_days_leaves_those_of_other_days(office):
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)

    assert found(office, starts_on=today.isoformat())
    assert not found(office, ends_on=yesterday.isoformat())


@pytest.mark.usefixtures("lines")
def test_search_by_a_word_of_attendance_is_refused(office):
    page = office.get(LIST, {"act": "no_show"})

    assert "lines" not in page.context
    assert "筛选条件有误" in page.content.decode()


def test_lines_of_a_request_are_found_by_its_number(office, office_official):
    changed = office.post("/me/calendar/renew/")

    (line,) = found(office, request_id=changed["X-Request-ID"])

    assert line[0].startswith("volunteer")


def test_pages_go_on_below_the_last_line_seen(office):
    unit = OrganizationFactory()
    for number in range(PAGE_SIZE + 1):
        audit.record(VERB, target=unit, by=None, number=number)
    query = {"register": "communities.Organization", "act": "changed"}

    first = office.get(LIST, query)
    older = first.context["older"]
    second = office.get(LIST, {**query, "before": older})

    numbers = [line.entry.data["number"] for line in second.context["lines"]]
    assert len(first.context["lines"]) == PAGE_SIZE
    assert (numbers, second.context["older"]) == ([0], None)


def test_batch_shows_its_count_and_opens_its_lines(office):
    unit = OrganizationFactory()
    with audit.batch("communities.organization_imported", target=Organization, by=None):
        for _ in range(2):
            audit.record(VERB, target=unit, by=None)

    (above,) = [
        line for line in office.get(LIST).context["lines"] if line.children == 2
    ]

    below = found(office, parent=above.entry.pk)
    assert below == [("organization_changed", str(unit))] * 2


def test_history_shows_values_before_and_after(office):
    unit = OrganizationFactory(name="旧党支部")
    said = audit.edits(unit, {"name": "新党支部"})
    audit.record(VERB, target=unit, by=None, fields=["name", "remark"], changes=said)

    page = office.get(
        reverse("communities:audit_history", args=["communities.Organization", unit.pk])
    )

    line = page.context["lines"][0]
    assert line.changes == [("名称", "旧党支部", "新党支部"), ("remark", "", "已修改")]


def test_line_of_a_file_says_which_how_many_rows_and_what_for(office, office_official):
    told = {"title": "报名", "format": "xlsx", "rows": 0, "purpose": "核对示例名单"}
    audit.record("reports.exported", target=office_official, by=None, **told)

    read = office.get(LIST).content.decode()

    for words in (
        "报表：导出",
        "报表：报名",
        "格式：XLSX",
        "行数：0",
        "用途：核对示例名单",
    ):
        assert words in read


def test_purpose_asked_for_is_told_from_the_request(office, office_official):
    asked = {"format": "csv", "purpose": "核对示例名单"}
    audit.record(VERB, target=office_official, by=None, parameters=asked)

    (line,) = office.get(LIST, {"act": "changed"}).context["lines"]

    assert line.facts == [("格式", "CSV"), ("用途", "核对示例名单")]


def test_auditor_reads_no_name_of_who_holds_no_office(auditor, office):
    person = UserFactory(display_name="示例群众")
    audit.record("accounts.user_changed", target=person, by=person)

    read = auditor.get(LIST).content.decode()

    assert "示例群众" not in read
    assert "示***" in read
    assert "示例群众" in office.get(LIST).content.decode()
    assert found(auditor, who="示例群众") == found(auditor, text="示例群众") == []


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_however_many_lines(
    count, office, django_assert_max_num_queries
):
    unit = OrganizationFactory()
    for _ in range(count):
        audit.record(VERB, target=unit, by=None)

    with django_assert_max_num_queries(8):
        office.get(LIST)
