"""The community drafts, blows, withdraws, confirms, reopens and rates."""

from datetime import date

import pytest

from campaigns.actions.whistle_dispatch import send_back_whistle
from campaigns.actions.whistles import (
    create_whistle,
    issue_whistle,
    update_whistle,
    withdraw_whistle,
)
from campaigns.rules import WhistleRefused
from core.models import AuditEntry
from tests.campaigns.whistle_steps import (
    DAY,
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    asked,
    at,
    clocked,
    lines,
    official,
    sides_of,
    state_of,
    told,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    PairingFactory,
)
from tests.factories.whistles import (
    DeliveredResponseFactory,
    IssuedWhistleFactory,
    WhistleCategoryFactory,
    WhistleFactory,
)

pytestmark = pytest.mark.django_db


def issue(whistle, now=None, organization=None):
    return issue_whistle(
        whistle=whistle,
        by=UserFactory(),
        now=now or at(MONDAY),
        organization=organization,
    )


def paired(whistle):
    return PairingFactory(community=whistle.community).organization


# Drafts ---------------------------------------------------------------------


def test_draft_is_saved_under_its_author():
    user = UserFactory()
    draft = WhistleFactory.build(
        community=CommunityFactory(), category=WhistleCategoryFactory()
    )

    whistle = create_whistle(whistle=draft, by=user)

    assert (state_of(whistle), whistle.created_by) == ("drafted", user)
    assert AuditEntry.objects.filter(verb="campaigns.whistle_created").count() == 1


def test_draft_for_a_community_that_ended_is_refused():
    community = CommunityFactory(ends_on=date(2020, 1, 1))
    draft = WhistleFactory.build(community=community, category=WhistleCategoryFactory())

    with pytest.raises(WhistleRefused, match="已终止"):
        create_whistle(whistle=draft, by=UserFactory())


def test_change_is_logged_without_what_the_fields_hold():
    values = {
        "title": "示例事由",
        "resident_name": "示例居民",
        "resident_consented": True,
    }

    whistle = update_whistle(whistle=WhistleFactory(), values=values, by=UserFactory())

    whistle.refresh_from_db()
    assert (whistle.title, whistle.resident_name) == ("示例事由", "示例居民")
    entry = AuditEntry.objects.get(verb="campaigns.whistle_changed")
    assert entry.data == {"fields": list(values)}


def test_draft_with_a_contact_but_no_consent_is_refused():
    draft = WhistleFactory.build(
        community=CommunityFactory(),
        category=WhistleCategoryFactory(),
        resident_name="示例居民",
    )

    with pytest.raises(WhistleRefused, match="须经本人同意"):
        create_whistle(whistle=draft, by=UserFactory())


def test_contact_without_consent_is_refused():
    with pytest.raises(WhistleRefused, match="须经本人同意"):
        update_whistle(
            whistle=WhistleFactory(),
            values={"resident_phone": "+8613800009999"},
            by=UserFactory(),
        )


def test_numbered_whistle_keeps_its_community():
    whistle = IssuedWhistleFactory(state="returned")

    with pytest.raises(WhistleRefused, match="不能更换社区"):
        update_whistle(
            whistle=whistle, values={"community": CommunityFactory()}, by=UserFactory()
        )


# Blowing --------------------------------------------------------------------


def test_whistle_to_the_street_waits_two_working_days_for_dispatch():
    whistle = WhistleFactory()
    _, street = sides_of(whistle)

    whistle = issue(whistle)

    assert state_of(whistle) == "issued"
    assert (whistle.number, whistle.issued_at) == ("芗哨〔2026〕0001号", at(MONDAY))
    assert whistle.due_at == at(WEDNESDAY)
    assert lines(whistle) == [("issued", whistle.community.name)]
    assert told("whistle_issued") == [(street.pk, "due")]


def test_whistle_of_a_street_without_officials_is_told_to_the_office(office_official):
    issue(WhistleFactory())

    assert told("whistle_issued") == [(office_official.pk, "due")]


def test_whistle_of_a_community_that_ended_is_refused():
    whistle = WhistleFactory(community__ends_on=date(2020, 1, 1))

    with pytest.raises(WhistleRefused, match="已终止"):
        issue(whistle)


def test_number_that_is_taken_is_refused(settings):
    settings.WHISTLE_NUMBER = "示哨{year}"
    issue(WhistleFactory())

    with pytest.raises(WhistleRefused, match="编号重复"):
        issue(WhistleFactory())


def test_each_whistle_gets_the_next_number():
    numbers = [issue(whistle).number for whistle in WhistleFactory.create_batch(2)]

    assert numbers == ["芗哨〔2026〕0001号", "芗哨〔2026〕0002号"]


def test_whistle_to_a_paired_unit_asks_it_without_the_street():
    whistle = WhistleFactory()
    unit = paired(whistle)
    person = official("unit", organization=unit)

    whistle = issue(whistle, organization=unit)

    assert (state_of(whistle), whistle.due_at) == ("dispatched", None)
    response = whistle.responses.get()
    assert (response.organization, response.by_dispatcher) == (unit, False)
    assert response.due_at == at(TUESDAY)
    assert lines(whistle) == [("issued", whistle.community.name)]
    assert told("whistle_asked") == [(person.pk, "due")]


def test_whistle_to_a_unit_that_is_not_paired_is_refused():
    whistle = WhistleFactory()

    with pytest.raises(WhistleRefused, match="没有与本社区结对"):
        issue(whistle, organization=OrganizationFactory())

    assert (state_of(whistle), whistle.number) == ("drafted", None)


def test_whistle_to_a_paired_unit_that_is_suspended_is_refused():
    whistle = WhistleFactory()
    unit = OrganizationFactory(state="suspended")
    PairingFactory(community=whistle.community, organization=unit)

    with pytest.raises(WhistleRefused, match="已停用"):
        issue(whistle, organization=unit)


@pytest.mark.parametrize("is_direct", [False, True])
def test_whistle_of_a_category_without_clocks_is_refused(is_direct):
    whistle = WhistleFactory(category=WhistleCategoryFactory(title="无时限"))

    with pytest.raises(WhistleRefused, match="“无时限”（一般）还没有设置时限"):
        issue(whistle, organization=paired(whistle) if is_direct else None)


def test_whistle_blown_again_keeps_its_number_and_the_time_left():
    whistle = issue(WhistleFactory())
    send_back_whistle(whistle=whistle, reason="示例", by=UserFactory(), now=at(TUESDAY))

    again = issue(whistle, now=at(THURSDAY))

    assert (again.number, again.issued_at) == (whistle.number, at(MONDAY))
    assert again.due_at == at(FRIDAY)
    assert [kind for kind, _ in lines(again)] == ["issued", "sent_back", "reissued"]


def test_whistle_blown_again_is_told_to_the_street_again():
    whistle = WhistleFactory()
    _, street = sides_of(whistle)
    issue(whistle)
    send_back_whistle(whistle=whistle, reason="示例", by=UserFactory(), now=at(TUESDAY))

    issue(whistle, now=at(THURSDAY))

    assert told("whistle_issued") == [(street.pk, "due")] * 2


def test_whistle_returned_by_its_unit_gives_the_street_its_whole_time():
    whistle = IssuedWhistleFactory(state="returned", returned_count=1)

    assert issue(whistle, now=at(THURSDAY)).due_at == at(30)


# Withdrawing ----------------------------------------------------------------


def withdraw(whistle, reason="不再需要"):
    return withdraw_whistle(
        whistle=whistle, reason=reason, by=UserFactory(), now=at(TUESDAY)
    )


def test_withdrawing_lets_open_units_go_and_stops_their_clocks():
    response = asked()
    delivered = DeliveredResponseFactory(whistle=response.whistle)
    people = [
        official("unit", organization=row.organization) for row in (response, delivered)
    ]

    whistle = withdraw(response.whistle)

    assert (state_of(whistle), whistle.ended_at) == ("withdrawn", at(TUESDAY))
    assert (state_of(response), response.due_at) == ("released", None)
    assert state_of(delivered) == "delivered"
    states = dict(told("whistle_withdrawn"))
    assert states == {people[0].pk: "due", people[1].pk: "none"}


def test_withdrawing_what_waits_for_dispatch_is_told_to_the_street():
    whistle = clocked(IssuedWhistleFactory(), 2 * DAY)
    _, street = sides_of(whistle)

    whistle = withdraw(whistle)

    assert (whistle.due_at, whistle.clock_used) == (None, DAY)
    assert told("whistle_withdrawn") == [(street.pk, "none")]


def test_draft_is_withdrawn_without_a_number_and_nobody_is_told():
    whistle = WhistleFactory()
    sides_of(whistle)

    whistle = withdraw(whistle)

    assert (state_of(whistle), whistle.number) == ("withdrawn", None)
    assert told("whistle_withdrawn") == []


@pytest.mark.parametrize(
    ("reason", "refusal"), [(" ", "请写明撤回理由"), ("长" * 201, "不超过 200 字")]
)
def test_withdrawing_without_a_fit_reason_is_refused(reason, refusal):
    with pytest.raises(WhistleRefused, match=refusal):
        withdraw(WhistleFactory(), reason=reason)
