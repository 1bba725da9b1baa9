"""Makes honours, objections and what families agreed to."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from campaigns.models import Consent, Honor, HonorObjection
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory, OrganizationFactory


class HonorFactory(DjangoModelFactory):
    """A draft of an organisation; traits for where it may stand later."""

    class Meta:
        model = Honor

    class Params:
        applied = factory.Trait(
            state=Honor.State.APPLIED, applied_by=factory.SelfAttribute("created_by")
        )
        checked = factory.Trait(applied=True, state=Honor.State.CHECKED)
        notice = factory.Trait(
            applied=True,
            state=Honor.State.NOTICE,
            notice_starts_on=date(2026, 5, 6),
            notice_ends_on=date(2026, 5, 13),
        )
        awarded = factory.Trait(
            notice=True,
            state=Honor.State.AWARDED,
            number=factory.Sequence(lambda n: f"示例文明〔2026〕{n:03d}号"),
            awarded_on=date(2026, 5, 14),
            check_due_on=date(2027, 5, 14),
        )

    kind = Honor.Kind.PIONEER_POST
    organization = factory.SubFactory(OrganizationFactory)
    holder = factory.Sequence(lambda n: f"示例服务岗{n}")
    text = "示例事迹"
    created_by = factory.SubFactory(UserFactory)


class FamilyHonorFactory(HonorFactory):
    """A family's, hidden; with `consents` one of its members agreed to be shown."""

    class Meta:
        skip_postgeneration_save = True

    class Params:
        consents = factory.Trait(
            is_public=True,
            consent=factory.RelatedFactory(
                "tests.factories.honors.HonorConsentFactory", "honor"
            ),
        )

    kind = Honor.Kind.FAMILY
    organization = None
    community = factory.SubFactory(CommunityFactory)
    holder = factory.Sequence(lambda n: f"示例林家{n}")
    is_public = False


class HonorConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    honor = factory.SubFactory(FamilyHonorFactory)
    subject = "示例家长"
    method = Consent.Method.PAPER
    text_version = "2026-11"
    given_on = date(2026, 5, 1)
    recorded_by = factory.SubFactory(UserFactory)


class HonorObjectionFactory(DjangoModelFactory):
    class Meta:
        model = HonorObjection

    honor = factory.SubFactory(HonorFactory, notice=True)
    text = "示例异议"
    made_by = factory.SubFactory(UserFactory)
