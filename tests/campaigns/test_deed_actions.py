"""Deeds for residents: a promise, its day, what came of it."""

from datetime import date

import pytest

from campaigns.actions import ActivityRefused, NotEditable
from campaigns.actions.details import save_deed
from campaigns.models import Deed
from core.audit import history_of
from tests.factories.accounts import UserFactory
from tests.factories.activities import DeedFactory, DeedInitiativeFactory
from tests.factories.campaigns import ActivityFactory

pytestmark = pytest.mark.django_db
MAY_1 = date(2026, 5, 1)


@pytest.fixture
def official(db):
    return UserFactory()


def test_save_deed_keeps_the_promise_and_records_the_fields(official):
    activity = ActivityFactory(initiative=DeedInitiativeFactory())

    save_deed(
        activity=activity,
        values={"promise": "修好路灯", "promised_for": MAY_1},
        by=official,
    )

    deed = Deed.objects.get()
    assert (deed.promise, deed.promised_for, deed.done_on) == ("修好路灯", MAY_1, None)
    [entry] = history_of(activity)
    assert entry.data == {"fields": ["promise", "promised_for"]}


def test_save_deed_changes_only_what_it_is_given(official):
    deed = DeedFactory(promise="修好路灯")

    save_deed(
        activity=deed.activity,
        values={"done_on": MAY_1, "result": "全部修好"},
        by=official,
    )

    deed.refresh_from_db()
    assert (deed.promise, deed.done_on, deed.result) == ("修好路灯", MAY_1, "全部修好")


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"promise": "修好路灯"}, id="no day"),
        pytest.param({"promised_for": MAY_1}, id="no promise"),
        pytest.param({"result": "全部修好"}, id="result alone"),
        pytest.param(
            {"promise": "修好路灯", "promised_for": MAY_1, "done_on": MAY_1},
            id="done without a result",
        ),
    ],
)
def test_save_deed_that_is_half_said_is_refused(values, official):
    activity = ActivityFactory(initiative=DeedInitiativeFactory())

    with pytest.raises(ActivityRefused):
        save_deed(activity=activity, values=values, by=official)

    assert Deed.objects.count() == 0


@pytest.mark.parametrize("state", ["submitted", "approved", "cancelled"])
def test_save_deed_of_a_closed_activity_is_refused(state, official):
    deed = DeedFactory(activity__state=state)

    with pytest.raises(NotEditable):
        save_deed(activity=deed.activity, values={"promise": "新承诺"}, by=official)

    deed.refresh_from_db()
    assert deed.promise == "示例承诺"
