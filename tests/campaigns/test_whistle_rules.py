"""The table of deeds: by state, by side, and obeyed by every action."""

from datetime import date
from functools import partial
from itertools import product

import pytest

from campaigns import rules
from campaigns.actions import (
    whistle_answers,
    whistle_dispatch,
    whistle_photos,
    whistles,
)
from campaigns.models import Whistle, WhistleExtension, WhistleResponse
from campaigns.rules import Deed, Side, WhistleRefused
from tests.campaigns.whistle_steps import MONDAY, at, official, photo
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import (
    OrganizationFactory,
    SubdistrictFactory,
)
from tests.factories.whistles import (
    IssuedWhistleFactory,
    WhistleExtensionFactory,
    WhistleResponseFactory,
)

WORKING = {"dispatched", "accepted", "handling", "reopened"}
WORKING_UNIT = {"accepted", "handling"}
# Written by hand: deed, states of the whistle, states of the response.
TABLE = {
    "edit": ({"drafted", "returned"}, None),
    "photograph": ({"drafted", "returned", "issued"} | WORKING, None),
    "issue": ({"drafted", "returned"}, None),
    "withdraw": ({"drafted", "returned", "issued"} | WORKING, None),
    "verify": ({"delivered"}, None),
    "reopen": ({"delivered", "verified"}, None),
    "rate": ({"delivered", "verified"}, None),
    "answer_extension": (WORKING, WORKING_UNIT),
    "dispatch": ({"issued"} | WORKING, None),
    "send_back": ({"issued"}, None),
    "merge": ({"issued", "returned"} | WORKING, None),
    "release": (WORKING, {"asked", "accepted", "handling"}),
    "accept": (WORKING, {"asked"}),
    "return": (WORKING, {"asked"}),
    "log": (WORKING, WORKING_UNIT),
    "ask_extension": (WORKING, WORKING_UNIT),
    "ask_people": (WORKING, WORKING_UNIT),
    "deliver": (WORKING, WORKING_UNIT),
}
COMMUNITYS = {
    *("edit", "photograph", "issue", "withdraw"),
    *("verify", "reopen", "rate", "answer_extension"),
}
DISPATCHERS = {"dispatch", "send_back", "merge", "release"}
UNITS = {"accept", "return", "log", "ask_extension", "ask_people", "deliver"}
STATES = [*Whistle.State.values]
ANSWERS = [*WhistleResponse.State.values]


def pair(state, answer):
    """A whistle and a response to it, in these states; nothing is saved."""
    whistle = Whistle(state=state)
    return whistle, answer and WhistleResponse(whistle=whistle, state=answer)


@pytest.mark.parametrize("deed", TABLE)
def test_deed_is_possible_in_the_states_of_the_table_and_in_no_other(deed):
    states, answers = TABLE[deed]
    possible = set()

    for state, answer in product(STATES, ANSWERS if answers else [None]):
        whistle, response = pair(state, answer)
        if deed == "answer_extension":
            WhistleExtension(response=response)
        if not rules.refusal_of(Deed(deed), whistle, response):
            possible.add((state, answer))

    assert possible == set(product(states, answers or [None]))


def test_table_holds_every_deed():
    assert {str(deed) for deed in rules.RULES} == set(TABLE)


def test_refusal_is_raised_with_its_text():
    with pytest.raises(WhistleRefused, match="已经吹哨"):
        rules.check(Deed.ISSUE, Whistle(state="issued"))


def test_reopening_a_third_time_is_refused():
    whistle = Whistle(state="delivered", reopened_count=2)

    assert "已重新办理两次" in rules.refusal_of(Deed.REOPEN, whistle)


@pytest.mark.parametrize("state", WhistleExtension.State.values)
def test_extension_is_asked_for_once_whatever_the_answer(state):
    whistle, response = pair("handling", "handling")
    WhistleExtension(response=response, state=state)

    refusal = rules.refusal_of(Deed.ASK_EXTENSION, whistle, response)

    assert refusal == "延期只能申请一次。"


@pytest.mark.parametrize("state", ["granted", "refused"])
def test_extension_is_answered_once(state):
    whistle, response = pair("handling", "handling")
    WhistleExtension(response=response, state=state)

    refusal = rules.refusal_of(Deed.ANSWER_EXTENSION, whistle, response)

    assert refusal == "没有待答复的延期申请。"


# By side --------------------------------------------------------------------

ROLES = {
    "community": lambda row: {"role": "community", "community": row.whistle.community},
    "street": lambda row: {
        "role": "street",
        "subdistrict": row.whistle.community.subdistrict,
    },
    "another street": lambda row: {
        "role": "street",
        "subdistrict": SubdistrictFactory(),
    },
    "office": lambda row: {"role": "office"},
    "unit": lambda row: {"role": "unit", "organization": row.organization},
    "another unit": lambda row: {
        "role": "unit",
        "organization": OrganizationFactory(),
    },
    "committee": lambda row: {"role": "committee"},
    "auditor": lambda row: {"role": "auditor"},
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "deeds"),
    [
        ("community", COMMUNITYS),
        ("street", DISPATCHERS),
        ("another street", set()),
        ("office", DISPATCHERS),
        ("unit", UNITS),
        ("another unit", set()),
        ("committee", set()),
        ("auditor", set()),
    ],
)
def test_role_may_do_the_deeds_of_its_side_alone(role, deeds):
    response = WhistleResponseFactory()
    user = official(**ROLES[role](response))

    may = {
        str(deed) for deed in Deed if rules.may(user, deed, response.whistle, response)
    }

    assert may == deeds


@pytest.mark.django_db
def test_units_deed_without_a_response_is_nobodys():
    response = WhistleResponseFactory()
    user = official(**ROLES["unit"](response))

    assert not rules.is_on_side(user, Side.UNIT, response.whistle)


@pytest.mark.django_db
def test_deeds_offered_are_those_of_side_and_state():
    response = WhistleResponseFactory()
    unit = official(**ROLES["unit"](response))
    street = official(**ROLES["street"](response))

    offered = [
        rules.deeds_for(unit, response.whistle, response),
        rules.deeds_for(unit, response.whistle),
        rules.deeds_for(street, response.whistle, response),
        rules.deeds_for(street, response.whistle),
    ]

    assert offered == [
        {Deed.ACCEPT, Deed.RETURN},
        set(),
        {Deed.RELEASE},
        {Deed.DISPATCH, Deed.MERGE},
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "who_sees"),
    [
        ("asked", ["community"]),
        ("accepted", ["community", "unit"]),
        ("handling", ["community", "unit"]),
        ("delivered", ["community", "unit"]),
        ("returned", ["community"]),
        ("released", ["community"]),
    ],
)
def test_contact_is_seen_by_the_community_and_who_accepted(answer, who_sees):
    moments = {"accept_due_at": at(MONDAY), "accepted_at": at(MONDAY)}
    response = WhistleResponseFactory(state=answer, **moments)

    seen = [
        role
        for role, scope in ROLES.items()
        if rules.can_see_contact(official(**scope(response)), response.whistle)
    ]

    assert seen == who_sees


# Actions --------------------------------------------------------------------

CALLS = {
    "edit": lambda w, r: partial(
        whistles.update_whistle, whistle=w, values={"title": "新"}
    ),
    "photograph": lambda w, r: partial(
        whistle_photos.add_whistle_photo, whistle=w, photo=photo()
    ),
    "issue": lambda w, r: partial(whistles.issue_whistle, whistle=w, now=at(MONDAY)),
    "withdraw": lambda w, r: partial(
        whistles.withdraw_whistle, whistle=w, reason="示例", now=at(MONDAY)
    ),
    "verify": lambda w, r: partial(whistles.verify_whistle, whistle=w, now=at(MONDAY)),
    "reopen": lambda w, r: partial(
        whistles.reopen_whistle, whistle=w, reason="示例", now=at(MONDAY)
    ),
    "rate": lambda w, r: partial(
        whistles.rate_whistle,
        whistle=w,
        resolution="solved",
        is_satisfied=True,
        text="",
        now=at(MONDAY),
    ),
    "answer_extension": lambda w, r: partial(
        whistle_answers.answer_extension,
        extension=WhistleExtensionFactory(response=r),
        is_granted=False,
        answer="示例",
        now=at(MONDAY),
    ),
    "dispatch": lambda w, r: partial(
        whistle_dispatch.dispatch_whistle,
        whistle=w,
        organizations=[OrganizationFactory()],
        note="",
        now=at(MONDAY),
    ),
    "send_back": lambda w, r: partial(
        whistle_dispatch.send_back_whistle, whistle=w, reason="示例", now=at(MONDAY)
    ),
    "merge": lambda w, r: partial(
        whistle_dispatch.merge_whistle,
        whistle=w,
        into=IssuedWhistleFactory(community=w.community),
        reason="示例",
        now=at(MONDAY),
    ),
    "release": lambda w, r: partial(
        whistle_dispatch.release_response, response=r, reason="示例", now=at(MONDAY)
    ),
    "accept": lambda w, r: partial(
        whistle_answers.accept_whistle, response=r, now=at(MONDAY)
    ),
    "return": lambda w, r: partial(
        whistle_answers.return_whistle, response=r, reason="示例", now=at(MONDAY)
    ),
    "log": lambda w, r: partial(
        whistle_answers.log_whistle,
        response=r,
        text="示例",
        photos=[],
        now=at(MONDAY),
    ),
    "ask_extension": lambda w, r: partial(
        whistle_answers.ask_extension,
        response=r,
        until=date(2026, 12, 1),
        reason="示例",
        now=at(MONDAY),
    ),
    "ask_people": lambda w, r: partial(
        whistle_answers.record_people_asked,
        response=r,
        activity=ActivityFactory(organization=r.organization),
        now=at(MONDAY),
    ),
    "deliver": lambda w, r: partial(
        whistle_answers.deliver_whistle,
        response=r,
        text="示例",
        photos=[],
        now=at(MONDAY),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("deed", TABLE)
def test_action_refuses_its_deed_in_every_other_state(deed):
    states, answers = TABLE[deed]
    moments = {"accept_due_at": at(MONDAY), "accepted_at": at(MONDAY)}
    response = WhistleResponseFactory(**moments)
    whistle, other = response.whistle, IssuedWhistleFactory()
    act = partial(CALLS[deed](whistle, response), by=UserFactory())
    right_answer = min(answers) if answers else "asked"
    wrong = [(state, right_answer) for state in STATES if state not in states]
    if answers:
        wrong += [("handling", row) for row in ANSWERS if row not in answers]
    answered = set()

    for state, answer in wrong:
        is_over = state in Whistle.FINAL_STATES
        Whistle.objects.filter(pk=whistle.pk).update(
            state=state,
            ended_at=at(MONDAY) if is_over else None,
            merged_into=other if state == "merged" else None,
        )
        WhistleResponse.objects.filter(pk=response.pk).update(state=answer)
        with pytest.raises(WhistleRefused) as refused:
            act()
        answered.add(str(refused.value))

    assert answered == {rules.RULES[Deed(deed)].refusal}
