"""Messages about a campaign as a whole."""

from collections import defaultdict

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from campaigns.models import Activity, Campaign
from communities.models import Membership
from core.dates import day_text


def campaign_closes(campaign: Campaign) -> None:
    """Tell officials with unfinished activities until when these still count."""
    day = day_text(campaign.closes_on)
    notify(
        Message(
            recipient_id=user,
            kind="campaign_closes",
            target=campaign,
            title=_("“%(campaign)s”进入收尾") % {"campaign": campaign.title},
            body=_(
                "“%(campaign)s”将在%(day)s之后冻结数据。您负责的党组织还有%(count)d项"
                "活动没有通过审核，请在此之前办完；之后的记录列入补充台账。"
            )
            % {"campaign": campaign.title, "day": day, "count": count},
            path=reverse("campaigns:activity_list"),
        )
        for user, count in _officials_with_unfinished(campaign).items()
    )


def _officials_with_unfinished(campaign: Campaign) -> dict[int, int]:
    """Number of each unit official to how many activities in scope are unfinished."""
    unfinished = Activity.objects.filter(
        campaign=campaign, state__in=Activity.UNFINISHED_STATES
    ).order_by()
    by_path = dict(
        unfinished.values_list("organization__path").annotate(count=Count("pk"))
    )
    held = Membership.objects.active().filter(
        role=Membership.Role.UNIT, user__is_active=True
    )
    scopes: dict[int, list[str]] = defaultdict(list)
    for user, scope in held.values_list("user", "organization__path"):
        scopes[user].append(scope)
    counts = {
        user: sum(n for path, n in by_path.items() if path.startswith(tuple(paths)))
        for user, paths in scopes.items()
    }
    return {user: count for user, count in counts.items() if count}
