"""Makes micro-wishes and their claims."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from communities.models import Wish, WishClaim
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory


class WishFactory(DjangoModelFactory):
    """A draft."""

    class Meta:
        model = Wish

    community = factory.SubFactory(CommunityFactory)
    category = Wish.Category.GOODS
    title = factory.Sequence(lambda n: f"示例心愿{n}")
    text = "示例说明"


class PublishedWishFactory(WishFactory):
    """Published just now, claimed by nobody."""

    state = Wish.State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class WishClaimFactory(DjangoModelFactory):
    """A person's live claim."""

    class Meta:
        model = WishClaim

    wish = factory.SubFactory(PublishedWishFactory, state=Wish.State.CLAIMED)
    person = factory.SubFactory(UserFactory)
    claimed_by = factory.SelfAttribute("person")
