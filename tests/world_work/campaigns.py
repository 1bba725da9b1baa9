"""Objects of the small district: campaigns and their papers."""

from typing import Any

from core.uploads import save_private
from tests.factories.documents import CampaignDocumentFactory, PublishedDocumentFactory
from tests.files import picture


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """What the rows of the matrix name, for the own or the foreign side.

    Papers are nobody's own: the first side has a published one, the other a draft.
    """
    path = save_private(picture(), "documents", "jpg")
    world.files.append(path)
    make = PublishedDocumentFactory if side == "own" else CampaignDocumentFactory
    document = make(file=path, file_name="示例.jpg")
    name = "published_paper" if side == "own" else "foreign_draft_paper"
    world.arguments[name] = [document.pk]
