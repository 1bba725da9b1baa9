"""Two people at the office handle one paper in the same moment."""

from functools import partial

import pytest

from campaigns.actions.documents import (
    DocumentRefused,
    create_document,
    publish_document,
    update_document,
)
from campaigns.models import CampaignDocument
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignFactory
from tests.factories.documents import CampaignDocumentFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_second_click_at_the_same_moment_makes_no_second_paper():
    campaign, office = CampaignFactory(), UserFactory()

    def create():
        document = CampaignDocument(campaign=campaign, kind="letter", title="倡议书")
        return create_document(document=document, file=None, by=office)

    with before_commit_of(create) as start:
        second = start(create)

    assert second.result(timeout=20) == CampaignDocument.objects.get()


def test_paper_changed_while_it_is_published_is_refused():
    document, office = CampaignDocumentFactory(text="已看过的正文"), UserFactory()
    change = partial(
        update_document,
        document=document,
        values={"text": "没人看过的正文"},
        file=None,
        by=office,
    )

    with before_commit_of(
        partial(publish_document, document=document, by=office)
    ) as start:
        changing = start(change)

    with pytest.raises(DocumentRefused, match="须先撤下"):
        changing.result(timeout=20)
    document.refresh_from_db()
    assert document.text == "已看过的正文"
