"""The street dispatches, sends back, merges and lets units go."""

import pytest

from accounts.models import Notification
from campaigns.actions.whistle_answers import return_whistle
from campaigns.actions.whistle_dispatch import (
    dispatch_whistle,
    merge_whistle,
    release_response,
    send_back_whistle,
)
from campaigns.rules import WhistleRefused
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
    handling,
    lines,
    official,
    sides_of,
    state_of,
    told,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import OrganizationFactory
from tests.factories.whistles import DeliveredResponseFactory, IssuedWhistleFactory

pytestmark = pytest.mark.django_db


def issued(**values):
    return clocked(IssuedWhistleFactory(**values), 2 * DAY)


def dispatch(whistle, organizations, by=None, note="", now=None):
    return dispatch_whistle(
        whistle=whistle,
        organizations=organizations,
        note=note,
        by=by or UserFactory(),
        now=now or at(TUESDAY),
    )


# Dispatch -------------------------------------------------------------------


def test_dispatch_asks_each_unit_and_stops_the_clock_of_dispatch():
    whistle = issued()
    units = OrganizationFactory.create_batch(2)
    people = [official("unit", organization=unit) for unit in units]

    responses = dispatch(whistle, units, note="请一同前往")

    assert (state_of(whistle), whistle.due_at) == ("dispatched", None)
    assert whistle.clock_used == DAY
    assert [(row.organization, row.due_at) for row in responses] == [
        (unit, at(WEDNESDAY)) for unit in units
    ]
    assert {(row.state, row.by_dispatcher, row.note) for row in responses} == {
        ("asked", True, "请一同前往")
    }
    [entry] = whistle.entries.all()
    assert entry.text == f"派给{units[0].name}、{units[1].name}。请一同前往"
    assert told("whistle_asked") == [(person.pk, "due") for person in people]


def test_unit_asked_in_addition_leaves_the_handling_as_it_stands():
    response = handling()

    dispatch(response.whistle, [OrganizationFactory()])

    assert state_of(response.whistle) == "handling"
    assert state_of(response) == "handling"


@pytest.mark.parametrize(
    ("units", "refusal"),
    [
        (lambda live: [], "请选择党组织"),
        (lambda live: [OrganizationFactory()] * 2, "只能选择一次"),
        (lambda live: [OrganizationFactory(state="suspended")], "已停用"),
        (lambda live: [OrganizationFactory(), live], "示例承办单位已在办理之列"),
    ],
    ids=["none", "named twice", "not active", "has it already"],
)
def test_dispatch_to_units_that_do_not_fit_asks_nobody(units, refusal):
    whistle = asked(organization__name="示例承办单位").whistle
    live = whistle.responses.get().organization

    with pytest.raises(WhistleRefused, match=refusal):
        dispatch(whistle, units(live))

    assert whistle.responses.count() == 1


def test_unit_asked_again_after_its_return_goes_on_with_the_time_it_left():
    first = asked()
    return_whistle(
        response=first, reason="示例", by=UserFactory(), now=at(MONDAY, 15, 30)
    )

    [second] = dispatch(first.whistle, [first.organization], now=at(THURSDAY))

    assert (second.clock_used, second.due_at) == (4 * 60, at(THURSDAY, 12))


def test_unit_asked_again_after_its_release_has_its_whole_time():
    first = asked()
    release(first, now=at(MONDAY, 15, 30))

    [second] = dispatch(first.whistle, [first.organization], now=at(THURSDAY))

    assert second.due_at == at(FRIDAY)


@pytest.mark.parametrize("side", ["street", "office"])
def test_dispatch_is_noted_under_the_name_of_who_did_it(side):
    whistle = issued()
    _, street = sides_of(whistle)
    by = street if side == "street" else official("office")

    dispatch(whistle, [OrganizationFactory()], by=by)

    name = whistle.community.subdistrict.name if side == "street" else "区文明办"
    assert lines(whistle) == [("dispatched", name)]


# Back to the community ------------------------------------------------------


def test_whistle_sent_back_rests_with_the_community():
    whistle = issued()
    community, _ = sides_of(whistle)

    send_back_whistle(
        whistle=whistle, reason="地点不清", by=UserFactory(), now=at(TUESDAY)
    )

    assert state_of(whistle) == "returned"
    assert (whistle.due_at, whistle.clock_used) == (None, DAY)
    assert whistle.entries.get().text == "地点不清"
    assert told("whistle_sent_back") == [(community.pk, "due")]


# Merging --------------------------------------------------------------------


def merge(whistle, into):
    return merge_whistle(
        whistle=whistle, into=into, reason="同一件事", by=UserFactory(), now=at(TUESDAY)
    )


def neighbour_of(whistle, **values):
    """A whistle of another community of the same street."""
    street = whistle.community.subdistrict
    return IssuedWhistleFactory(community__subdistrict=street, **values)


def test_merged_whistle_ends_and_points_at_the_one_that_goes_on():
    response = asked()
    whistle, into = response.whistle, neighbour_of(response.whistle)

    merge(whistle, into)

    assert (state_of(whistle), whistle.ended_at) == ("merged", at(TUESDAY))
    assert whistle.merged_into == into
    assert (state_of(response), response.due_at) == ("released", None)
    assert [(row.kind, row.other) for row in whistle.entries.all()] == [
        ("merged", into)
    ]
    assert [(row.kind, row.other) for row in into.entries.all()] == [
        ("took_in", whistle)
    ]


def test_merging_is_told_to_both_communities_and_the_units():
    response = asked()
    into = handling(whistle=neighbour_of(response.whistle, state="handling"))
    communities = [sides_of(row.whistle)[0] for row in (response, into)]
    units = [
        official("unit", organization=row.organization) for row in (response, into)
    ]

    merge(response.whistle, into.whistle)

    merged = [(communities[0].pk, "none"), (units[0].pk, "due")]
    assert told("whistle_merged") == merged
    assert told("whistle_took_in") == [
        (communities[1].pk, "none"),
        (units[1].pk, "none"),
    ]


def test_unit_let_go_by_a_merger_is_told_the_number_of_the_other_alone():
    response = asked()
    into = neighbour_of(response.whistle, title="另一家的事")
    official("unit", organization=response.organization)

    merge(response.whistle, into)

    body = Notification.objects.get(kind="whistle_merged").body
    assert into.number in body
    assert into.title not in body


@pytest.mark.parametrize(
    ("into", "refusal"),
    [
        (lambda whistle: whistle, "不能并入自己"),
        (lambda whistle: IssuedWhistleFactory(), "同一街道"),
        (
            lambda whistle: neighbour_of(whistle, state="closed", ended_at=at(MONDAY)),
            "请选择办理中的一单",
        ),
        (
            lambda whistle: neighbour_of(
                whistle, state="delivered", delivered_at=at(MONDAY)
            ),
            "请选择办理中的一单",
        ),
    ],
    ids=["itself", "of another street", "over", "delivered"],
)
def test_merging_into_what_does_not_fit_is_refused(into, refusal):
    whistle = issued()

    with pytest.raises(WhistleRefused, match=refusal):
        merge(whistle, into(whistle))

    assert state_of(whistle) == "issued"


# Letting go -----------------------------------------------------------------


def release(response, by=None, now=None):
    return release_response(
        response=response,
        reason="另有安排",
        by=by or UserFactory(),
        now=now or at(TUESDAY),
    )


def test_whistle_whose_last_unit_is_let_go_waits_for_dispatch_anew():
    response = asked()
    person = official("unit", organization=response.organization)
    _, street = sides_of(response.whistle)
    colleague = official("street", subdistrict=response.whistle.community.subdistrict)

    release(response, by=street)

    assert state_of(response.whistle) == "issued"
    assert response.whistle.due_at == at(THURSDAY)
    assert told("whistle_released") == [(person.pk, "due")]
    assert told("whistle_waits_again") == [(colleague.pk, "due")]


def test_whistle_is_delivered_when_the_last_open_unit_is_let_go():
    response = handling()
    DeliveredResponseFactory(whistle=response.whistle)
    community, _ = sides_of(response.whistle)

    release(response)

    assert state_of(response.whistle) == "delivered"
    assert response.whistle.delivered_at == at(TUESDAY)
    assert response.whistle.due_at == at(TUESDAY + 7)
    assert told("whistle_delivered") == [(community.pk, "due")]


@pytest.mark.parametrize(
    ("now", "accept_due_at"),
    [(at(MONDAY, 17), None), (at(TUESDAY), at(TUESDAY)), (at(FRIDAY), at(TUESDAY))],
    ids=["not due yet", "due now", "overdue"],
)
def test_answer_of_a_released_unit_counts_as_due_once_it_was(now, accept_due_at):
    response = asked()

    release(response, now=now)

    response.refresh_from_db()
    assert response.accept_due_at == accept_due_at


def test_answer_given_in_time_counts_after_the_release_as_well():
    response = handling()

    release(response, now=at(MONDAY, 10))

    response.refresh_from_db()
    assert response.accept_due_at == at(TUESDAY)


def test_mail_that_asks_a_unit_is_dropped_once_it_is_let_go():
    whistle = issued()
    unit = OrganizationFactory()
    official("unit", organization=unit)
    [response] = dispatch(whistle, [unit])

    release(response)

    mail = Notification.objects.get(kind="whistle_asked")
    assert mail.outbox_state == "dropped"
