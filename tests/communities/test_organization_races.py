"""Two people change the tree in the same moment."""

from functools import partial

import pytest

from communities.actions import apply_due_changes
from communities.models import Organization, RegisterChange
from core.errors import RuleError
from tests.communities.trees import Kind, ahead, change, committee, lives
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def answer(call):
    try:
        return call()
    except RuleError as error:
        return error


def test_two_mergers_into_each_other_leave_one():
    first = committee()
    second = committee(first.parent)
    into_second = partial(change, first, Kind.MERGE, successor=second.pk)
    into_first = partial(change, second, Kind.MERGE, successor=first.pk)

    with before_commit_of(into_second) as start:
        other = start(partial(answer, into_first))

    assert isinstance(other.result(timeout=20), RuleError)
    states = set(Organization.objects.values_list("pk", "state"))
    assert {(first.pk, "merged"), (second.pk, "active")} < states


def test_two_workers_carry_out_a_due_change_once():
    office = committee(name="旧党委")
    change(office, Kind.RENAME, day=ahead(), name="新党委")
    apply = partial(apply_due_changes, today=ahead())

    with before_commit_of(apply) as start:
        other = start(apply)

    assert other.result(timeout=20) == 0
    assert [row[0] for row in lives(office)] == ["旧党委", "新党委"]
    assert RegisterChange.objects.get().state == "applied"
