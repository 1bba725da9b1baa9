"""Objects of the small district: whistles in the states their pages need."""

from typing import Any

from core.uploads import save_private
from tests.factories.communities import OrganizationFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    HandlingResponseFactory,
    IssuedWhistleFactory,
    WhistleExtensionFactory,
    WhistleFactory,
    WhistlePhotoFactory,
    WhistleResponseFactory,
)
from tests.files import picture


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """One whistle of the community in each state that has pages of its own.

    Those with a response were sent to the side's organisation.
    """
    of_community = {"whistle__community": community, "organization": organization}
    draft = WhistleFactory(community=community)
    issued = IssuedWhistleFactory(
        community=community,
        resident_name="示例居民",
        resident_phone="+8613800009999",
        resident_consented=True,
    )
    asked = WhistleResponseFactory(**of_community)
    handling = HandlingResponseFactory(
        **of_community,
        whistle__resident_name="示例居民",
        whistle__resident_consented=True,
    )
    delivered = DeliveredResponseFactory(**of_community)
    extension = WhistleExtensionFactory(
        response=HandlingResponseFactory(
            whistle=handling.whistle, organization=OrganizationFactory()
        )
    )
    photo, loose = (_photo(world, whistle) for whistle in (asked.whistle, draft))
    world.arguments |= {
        f"{side}_whistle_draft": [draft.pk],
        f"{side}_whistle_issued": [issued.pk],
        f"{side}_whistle_asked": [asked.whistle_id],
        f"{side}_whistle_handling": [handling.whistle_id],
        f"{side}_whistle_delivered": [delivered.whistle_id],
        f"{side}_response_asked": [asked.pk],
        f"{side}_response_handling": [handling.pk],
        f"{side}_response_delivered": [delivered.pk],
        f"{side}_whistle_extension": [extension.pk],
        f"{side}_whistle_photo": [photo.pk],
        f"{side}_whistle_draft_photo": [loose.pk],
    }


def _photo(world: Any, whistle: Any) -> Any:
    path = save_private(picture(), "whistles", "jpg")
    world.files.append(path)
    return WhistlePhotoFactory(whistle=whistle, path=path, small_path=path)
