"""An organisation merges while it answers a whistle."""

from functools import partial

import pytest

from campaigns.actions.whistle_answers import accept_whistle
from tests.campaigns.whistle_steps import MONDAY, asked, at
from tests.communities.trees import Kind, change, committee
from tests.factories.accounts import UserFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_answer_that_waits_for_a_merger_is_the_successors():
    old = committee()
    new = committee(old.parent)
    response = asked(organization=old)
    accept = partial(
        accept_whistle, response=response, by=UserFactory(), now=at(MONDAY, 10)
    )

    with before_commit_of(partial(change, old, Kind.MERGE, successor=new.pk)) as start:
        late = start(accept)
    late.result(timeout=20)

    response.refresh_from_db()
    assert (response.state, response.organization) == ("accepted", new)
    assert response.entries.get(kind="accepted").actor == new.name
