"""Units ask for more time, and for people."""

from datetime import date

import pytest

from campaigns.actions.whistle_answers import (
    answer_extension,
    ask_extension,
    record_people_asked,
)
from campaigns.rules import WhistleRefused
from tests.campaigns.whistle_steps import (
    DAY,
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
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
from tests.factories.campaigns import ActivityFactory
from tests.factories.whistles import WhistleExtensionFactory

pytestmark = pytest.mark.django_db


SATURDAY = date(2026, 11, 28)


def ask(response, until=date(2026, 11, 27), reason="缺少配件", now=None):
    return ask_extension(
        response=response,
        until=until,
        reason=reason,
        by=UserFactory(),
        now=now or at(TUESDAY),
    )


def answer(extension, is_granted=True, text="", now=None):
    return answer_extension(
        extension=extension,
        is_granted=is_granted,
        answer=text,
        by=UserFactory(),
        now=now or at(TUESDAY),
    )


def test_asking_for_time_changes_nothing_until_it_is_granted():
    response = handling()
    community, _ = sides_of(response.whistle)

    extension = ask(response)

    assert (extension.state, extension.until) == ("asked", date(2026, 11, 27))
    assert state_of(response) == "handling"
    assert response.due_at == at(WEDNESDAY)
    assert told("whistle_extension_asked") == [(community.pk, "due")]


@pytest.mark.parametrize(
    ("minutes", "until"), [(DAY, date(2026, 11, 26)), (2 * DAY - 60, SATURDAY)]
)
def test_asking_for_no_more_time_than_there_is_is_refused(minutes, until):
    with pytest.raises(WhistleRefused, match="须晚于现在的办理时限"):
        ask(clocked(handling(), minutes, day=THURSDAY), until=until)


def test_asking_for_time_once_it_has_run_out_is_refused():
    response = handling(DAY)

    with pytest.raises(WhistleRefused, match="已过办理时限"):
        ask(response, now=at(TUESDAY, 9, 1))


def test_granted_time_lasts_to_the_end_of_work_on_the_day():
    response = handling()
    response.start_clock(DAY, now=at(MONDAY, 9, 0, 20))
    response.overdue_step = 2
    response.save()
    person = official("unit", organization=response.organization)
    extension = WhistleExtensionFactory(response=response, until=date(2026, 11, 27))

    answer(extension, now=at(WEDNESDAY))

    assert state_of(extension) == "granted"
    response.refresh_from_db()
    assert response.due_at == at(FRIDAY, 17, 30)
    assert response.overdue_step == 0
    assert told("whistle_extension_answered") == [(person.pk, "due")]
    assert lines(response.whistle) == [
        ("extension_granted", response.whistle.community.name)
    ]


def test_refused_time_leaves_the_clock_and_says_why():
    extension = WhistleExtensionFactory(response=handling())

    answer(extension, is_granted=False, text="请按时办理")

    assert (state_of(extension), extension.answer) == ("refused", "请按时办理")
    assert extension.response.due_at == at(WEDNESDAY)
    assert lines(extension.response.whistle)[0][0] == "extension_refused"


def test_refusing_time_without_a_reason_is_refused():
    with pytest.raises(WhistleRefused, match="请写明不同意的理由"):
        answer(WhistleExtensionFactory(response=handling()), is_granted=False)


# People --------------------------------------------------------------------


def call_together(response, activity):
    return record_people_asked(
        response=response, activity=activity, by=UserFactory(), now=at(TUESDAY)
    )


def test_people_called_together_are_tied_to_the_response():
    response = handling(state="accepted", whistle__state="accepted")
    activity = ActivityFactory(organization=response.organization)

    entry = call_together(response, activity)

    activity.refresh_from_db()
    assert activity.whistle_response == response
    assert (entry.kind, entry.text) == ("people_asked", activity.title)
    assert state_of(response) == "handling"


def test_second_activity_for_a_response_is_refused():
    response = handling()
    own = {"organization": response.organization}
    call_together(response, ActivityFactory(**own))

    with pytest.raises(WhistleRefused, match="已经召集人手"):
        call_together(response, ActivityFactory(**own))

    assert response.activities.count() == 1


def test_activity_of_another_response_is_refused():
    response = handling()
    other = handling(organization=response.organization)
    activity = ActivityFactory(
        organization=response.organization, whistle_response=other
    )

    with pytest.raises(WhistleRefused, match="已用于另一次响应"):
        call_together(response, activity)


def test_activity_of_another_organization_is_refused():
    with pytest.raises(WhistleRefused, match="只能由本党组织"):
        call_together(handling(), ActivityFactory())
