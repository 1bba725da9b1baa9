"""Objects of the small district: evidence."""

from typing import Any

from campaigns.models import Activity
from core.uploads import save_private
from tests.factories.campaigns import EvidenceFactory
from tests.factories.evidence import DocumentFileFactory, HonorFactory, StoryFactory
from tests.pdfs import pdf


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """What the rows of the matrix name, for the own or the foreign side."""
    for kind in ("draft", "published", "submitted", "approved", "long_ended"):
        name = f"{side}_{kind}"
        [activity] = world.arguments["activity", name]
        world.arguments[f"{name}_record"] = ["activities", activity]
        world.arguments[f"{name}_photo"] = world.arguments["photo", name]
        file = save_private(pdf(), "evidence", "pdf")
        world.files.append(file)
        document = EvidenceFactory(
            activity=Activity.objects.get(pk=activity),
            file=DocumentFileFactory(path=file),
        )
        world.arguments[f"{name}_document"] = [document.pk]
    family = HonorFactory(kind="family", organization=None, community=community)
    story = StoryFactory(organization=organization, community=community)
    world.arguments[f"{side}_family_record"] = ["honors", family.pk]
    world.arguments[f"{side}_story_record"] = ["stories", story.pk]
