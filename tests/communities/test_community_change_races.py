"""Two officials change the same communities in the same moment."""

from datetime import date

import pytest

from communities.actions.changes import ChangeRefused, plan_change
from communities.models import Community, RegisterChange
from tests.factories.communities import CommunityFactory, PairingFactory
from tests.threads import before_commit_of

DAY = date(2026, 5, 1)


def merge(old, new):
    return plan_change(
        target=old,
        kind=RegisterChange.Kind.MERGE,
        effective_on=DAY,
        details={"successor": new.pk},
        by=None,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", ["same", "back", "chain"])
def test_two_merges_at_once_leave_one(second):
    a, b, c = CommunityFactory.create_batch(3)
    pairs = {"same": (a, c), "back": (b, a), "chain": (c, a)}

    with before_commit_of(lambda: merge(a, b)) as start:
        waiting = start(lambda: merge(*pairs[second]))
        waited = not waiting.done()

    with pytest.raises(ChangeRefused, match="终止"):
        waiting.result(timeout=30)
    assert waited
    ended = Community.objects.exclude(ends_on=None)
    assert [(row, row.successor) for row in ended] == [(a, b)]


@pytest.mark.django_db(transaction=True)
def test_a_merge_waits_for_a_rename_and_takes_the_new_name_along():
    a, b = CommunityFactory(name="湖内社区"), CommunityFactory()
    PairingFactory(community=a)

    def rename():
        plan_change(
            target=a,
            kind=RegisterChange.Kind.RENAME,
            effective_on=date(2026, 4, 1),
            details={"name": "湖滨社区"},
            by=None,
        )

    with before_commit_of(rename) as start:
        waiting = start(lambda: merge(a, b))
    waiting.result(timeout=30)

    a.refresh_from_db()
    assert (a.name, a.successor) == ("湖滨社区", b)
    assert a.versions.latest("starts_on").ends_on == a.ends_on
