"""Makes co-building agreements and joint meetings."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from communities.models import Agreement, JointMeeting, MeetingAction
from tests.factories.communities import CommunityFactory, OrganizationFactory


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    organization = factory.SubFactory(OrganizationFactory)
    community = factory.SubFactory(CommunityFactory)
    title = factory.Sequence(lambda n: f"示例共建协议{n}")
    signed_on = date(2026, 1, 1)
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    summary = "共建事项"


class JointMeetingFactory(DjangoModelFactory):
    class Meta:
        model = JointMeeting
        skip_postgeneration_save = True

    community = factory.SubFactory(CommunityFactory)
    title = factory.Sequence(lambda n: f"示例联席会议{n}")
    held_on = date(2026, 5, 20)
    place = "社区会议室"
    record = "会议纪要"

    @factory.post_generation
    def organizations(self, create, extracted, **kwargs):
        self.organizations.set(extracted or [])


class MeetingActionFactory(DjangoModelFactory):
    class Meta:
        model = MeetingAction

    meeting = factory.SubFactory(JointMeetingFactory)
    text = factory.Sequence(lambda n: f"示例议定事项{n}")
    due_on = date(2026, 6, 20)
