"""Two people act on one whistle in the same moment."""

from functools import partial

import pytest

from campaigns.actions.whistle_answers import (
    accept_whistle,
    ask_extension,
    deliver_whistle,
)
from campaigns.actions.whistle_dispatch import (
    dispatch_whistle,
    merge_whistle,
    release_response,
)
from campaigns.actions.whistle_photos import add_whistle_photo
from campaigns.actions.whistles import (
    issue_whistle,
    reopen_whistle,
    update_whistle,
    withdraw_whistle,
)
from campaigns.models import WhistleExtension
from campaigns.rules import WhistleRefused
from core.models import NumberSeries
from core.models.states import MoveRefused
from tests.campaigns.whistle_steps import (
    DAY,
    TUESDAY,
    asked,
    at,
    clocked,
    handling,
    photo,
    state_of,
)
from tests.communities.trees import Kind, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.communities import OrganizationFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    IssuedWhistleFactory,
    WhistleClockFactory,
    WhistleFactory,
    WhistlePhotoFactory,
)
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (WhistleRefused, MoveRefused)


def answer(call):
    try:
        return call()
    except REFUSALS as error:
        return error


def race(first, second):
    """What the second answers when it comes before the first has committed."""
    with before_commit_of(first) as start:
        late = start(partial(answer, second))
    return late.result(timeout=20)


def act(action, **values):
    return partial(action, by=UserFactory(), now=at(TUESDAY), **values)


def act_now(action, **values):
    return partial(action, by=UserFactory(), **values)


def issued(**values):
    return clocked(IssuedWhistleFactory(**values), 2 * DAY)


def dispatching(whistle, unit):
    return act(dispatch_whistle, whistle=whistle, organizations=[unit], note="")


def delivering(response):
    return act(deliver_whistle, response=response, text="已办好", photos=[])


def withdrawing(whistle):
    return act(withdraw_whistle, whistle=whistle, reason="不再需要")


def releasing(response):
    return act(release_response, response=response, reason="另有安排")


def test_second_click_on_issue_gives_no_second_number():
    whistle = WhistleFactory()
    issuing = act(issue_whistle, whistle=whistle)

    late = race(issuing, issuing)

    assert "已经吹哨" in str(late)
    assert NumberSeries.objects.get(name="whistle-2026").last == 1
    assert whistle.entries.filter(kind="issued").count() == 1


def test_issue_that_waits_for_a_change_of_category_goes_by_the_new_one():
    whistle = WhistleFactory()
    values = {"category": WhistleClockFactory(dispatch_hours=7).category}
    change_first = act_now(update_whistle, whistle=whistle, values=values)

    answer = race(change_first, act(issue_whistle, whistle=whistle))

    assert (answer.category, answer.clock_minutes) == (values["category"], DAY)


def test_unit_dispatched_twice_at_once_is_asked_once():
    whistle, unit = issued(), OrganizationFactory()

    late = race(dispatching(whistle, unit), dispatching(whistle, unit))

    assert "已在办理之列" in str(late)
    assert whistle.responses.live().count() == 1


def test_unit_that_merges_just_now_is_not_asked():
    whistle, old = issued(), committee()
    new = committee(old.parent)

    late = race(
        partial(change, old, Kind.MERGE, successor=new.pk), dispatching(whistle, old)
    )

    assert "已停用、合并或撤销" in str(late)
    assert not whistle.responses.exists()


def test_accepting_what_is_just_released_is_refused():
    response = asked()

    late = race(releasing(response), act(accept_whistle, response=response))

    assert "街道已解除" in str(late)
    assert (state_of(response), state_of(response.whistle)) == ("released", "issued")


def test_release_of_what_is_just_accepted_keeps_the_answer_in_the_figures():
    response = asked()

    race(act(accept_whistle, response=response), releasing(response))

    assert state_of(response) == "released"
    assert (response.accepted_at, response.accept_due_at) == (at(TUESDAY),) * 2
    assert state_of(response.whistle) == "issued"


def test_accepting_what_is_just_withdrawn_is_refused():
    response = asked()

    late = race(withdrawing(response.whistle), act(accept_whistle, response=response))

    assert "社区已撤回" in str(late)
    assert state_of(response) == "released"


def test_withdrawing_lets_go_a_unit_that_is_just_accepting():
    response = asked()

    race(act(accept_whistle, response=response), withdrawing(response.whistle))

    assert (state_of(response), state_of(response.whistle)) == (
        "released",
        "withdrawn",
    )


def test_whistle_is_delivered_when_its_two_units_deliver_at_once():
    first = handling()
    second = handling(whistle=first.whistle)

    race(delivering(first), delivering(second))

    assert (state_of(first), state_of(second)) == ("delivered", "delivered")
    assert state_of(first.whistle) == "delivered"
    assert first.whistle.due_at is not None


def test_unit_dispatched_while_another_delivers_is_refused():
    response = handling()

    late = race(
        delivering(response), dispatching(response.whistle, OrganizationFactory())
    )

    assert "现在不能派单" in str(late)
    assert state_of(response.whistle) == "delivered"


def test_reopening_twice_at_once_counts_once():
    whistle = DeliveredResponseFactory().whistle
    reopening = act(reopen_whistle, whistle=whistle, reason="没有解决")

    late = race(reopening, reopening)

    assert "没有待确认的交付" in str(late)
    assert (state_of(whistle), whistle.reopened_count) == ("reopened", 1)


def test_two_whistles_merged_into_each_other_at_once_leave_one_under_way():
    first = issued()
    second = issued(community=first.community)

    late = race(
        act(merge_whistle, whistle=first, into=second, reason="同一件事"),
        act(merge_whistle, whistle=second, into=first, reason="同一件事"),
    )

    assert "已并单" in str(late)
    assert (state_of(first), state_of(second)) == ("merged", "issued")


def test_extension_asked_for_twice_at_once_is_asked_for_once():
    response = handling()
    asking = act(
        ask_extension, response=response, until=at(TUESDAY + 7).date(), reason="示例"
    )

    late = race(asking, asking)

    assert "延期只能申请一次" in str(late)
    assert WhistleExtension.objects.count() == 1


def test_last_place_for_a_photo_goes_to_one_photo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    whistle = WhistleFactory()
    WhistlePhotoFactory.create_batch(8, whistle=whistle)
    adding = [
        partial(
            add_whistle_photo, whistle=whistle, photo=photo(color), by=UserFactory()
        )
        for color in ("red", "green")
    ]

    late = race(*adding)

    assert "最多 9 张" in str(late)
    assert whistle.photos.count() == 9
