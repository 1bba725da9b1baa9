"""An activity is recorded while its organisation is merged away."""

from functools import partial

import pytest

from campaigns.actions import ActivityRefused, create_activity
from campaigns.models import Activity
from tests.communities.trees import Kind, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def answer(call):
    try:
        return call()
    except ActivityRefused as error:
        return error


def test_activity_sent_while_its_organisation_merges_is_refused():
    old = committee()
    new = committee(old.parent)
    draft = ActivityFactory(organization=new)
    draft.pk, draft.organization = None, old
    draft._state.adding = True
    record = partial(create_activity, activity=draft, by=UserFactory())

    with before_commit_of(partial(change, old, Kind.MERGE, successor=new.pk)) as start:
        recording = start(partial(answer, record))

    assert "已合并" in str(recording.result(timeout=20))
    assert Activity.objects.filter(organization=old).count() == 0
