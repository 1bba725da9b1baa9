"""Leading teams, agreements and meetings of the small district."""

from typing import Any

from communities.models import LeaderLink
from core.uploads import save_private
from tests.factories.agreements import (
    AgreementFactory,
    JointMeetingFactory,
    MeetingActionFactory,
)
from tests.factories.leaders import LeaderLinkFactory, LeaderTermFactory
from tests.pdfs import pdf


def add_leaders(world: Any, side: str, organization: Any, community: Any) -> None:
    """A leader of the organisation, linked to the community."""
    term = LeaderTermFactory(post__organization=organization)
    link = LeaderLinkFactory(leader=term.leader, community=community)
    world.arguments |= {
        f"{side}_team": [organization.pk],
        f"{side}_leading_post": [term.post_id],
        f"{side}_term": [term.pk],
        f"{side}_leader": [term.leader_id, LeaderLink.Slot.SECOND.value],
        f"{side}_leader_link": [link.pk],
    }


def add_agreements(world: Any, side: str, organization: Any, community: Any) -> None:
    """An agreement without and one with its file; a meeting with one action."""
    file = save_private(pdf(), "agreements", "pdf")
    world.files.append(file)
    pair = {"organization": organization, "community": community}
    meeting = JointMeetingFactory(community=community, organizations=[organization])
    action = MeetingActionFactory(meeting=meeting, owner=organization)
    paper = AgreementFactory(file=file, file_name="协议.pdf", **pair)
    world.arguments |= {
        f"{side}_agreement": [AgreementFactory(**pair).pk],
        f"{side}_paper": [paper.pk],
        f"{side}_meeting": [meeting.pk],
        f"{side}_meeting_action": [action.pk],
    }
