"""Stories not published yet go to the successor; yeses are counted there, not moved."""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Pledge, Story
from communities.actions.handovers import Handover, Held, Node, chosen
from communities.models import Community
from core import audit

OPEN_STATES = (
    Story.State.DRAFT,
    Story.State.SUBMITTED,
    Story.State.RETURNED,
    Story.State.HIDDEN,
)


class StoryHandover(Handover):
    """Stories of an organisation, or in a community, with the consents for them.

    What is published, or was withdrawn, keeps the old name.
    """

    name = "stories"
    label = gettext_lazy("未发布的故事")

    def held(self, node: Node, *, on: date, to: Node | None) -> list[Held]:
        outcome = _("由“%(to)s”继续办理") % {"to": to} if to else _("需要另行安排")
        return [
            Held(
                str(story.pk),
                f"{story.audit_name}（{story.get_state_display()}）",
                outcome,
                story.get_absolute_url(),
            )
            for story in _open_of(node)
        ]

    def kept(self, node: Node, *, on: date) -> int:
        return node.stories.exclude(state__in=OPEN_STATES).count()

    def move(
        self,
        node: Node,
        to: Node,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        moved = chosen(_open_of(node).select_for_update(of=("self",)), keys)
        field = node._meta.model_name
        for story in moved:
            setattr(story, field, to)
            story.save(update_fields=[field])
            audit.record(
                "campaigns.story_changed",
                target=story,
                by=by,
                fields=[field],
                instead_of=node.pk,
            )
        return len(moved)


def _open_of(node: Node) -> models.QuerySet:
    return node.stories.filter(state__in=OPEN_STATES).order_by("pk")


class PledgeHandover(Handover):
    """People's yes to the convention: said here, counted where "here" belongs today.

    Nothing is moved and no figure is shown: the rows are personal, and the counts
    follow the community's successor (campaigns.queries.conventions.pledge_counts).
    """

    name = "pledges"
    label = gettext_lazy("公约承诺")
    node_models = (Community,)
    follows = True

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        live = Pledge.objects.filter(community=node, withdrawn_at=None)
        if not live.exists():
            return []
        outcome = _("合并后自动计入现在的社区（村）")
        return [Held("all", _("居民对公约的承诺，只计数"), outcome)]

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        return 0
