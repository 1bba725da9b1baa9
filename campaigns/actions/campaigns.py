"""Writes to campaigns: start, wind up, freeze, archive."""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Activity, Campaign, FrozenFigure
from campaigns.notices.campaigns import campaign_closes
from campaigns.queries.figures import Figure, live_rows
from core import audit
from core.dates import day_text
from core.errors import RuleError
from core.transactions import retried_atomic
from core.working_days import add_working_days

State = Campaign.State
BATCH = 500


class CampaignRefused(RuleError):
    """The campaign is not fit for what was asked."""


@retried_atomic
def activate_campaign(*, campaign: Campaign, by: User, reason: str = "") -> Campaign:
    """Start a planned campaign: from now on it takes records."""
    campaign = _locked(campaign)
    campaign.move_to(State.ACTIVE, by=by, reason=reason)
    return campaign


@retried_atomic
def start_closing(
    *, campaign: Campaign, today: date, by: User, reason: str = ""
) -> Campaign:
    """Wind a campaign up: `closes_on` is its last working day before the freeze.

    Tells the officials of organisations with unfinished activities. Raises
    CalendarMissing when the holidays on the way are not known. Source: PRODUCT
    section 3, closing takes 10 working days (setting CAMPAIGN_CLOSING_DAYS).
    """
    campaign = _locked(campaign)
    closes_on = add_working_days(today, settings.CAMPAIGN_CLOSING_DAYS)
    campaign.move_to(State.CLOSING, by=by, reason=reason, closes_on=closes_on)
    campaign_closes(campaign)
    return campaign


@retried_atomic
def freeze_campaign(
    *, campaign: Campaign, today: date, by: User | None, reason: str = ""
) -> Campaign:
    """Fix the figures of a closing campaign, once and for all.

    What is not approved by now, and comes later, goes to the addendum. Raises
    CampaignRefused when it is frozen before its days are over and no reason is
    given. Source: PRODUCT section 3.
    """
    return _freeze(_locked(campaign), today=today, by=by, reason=reason.strip())


def freeze_due_campaigns(*, today: date) -> int:
    """Freeze closing campaigns whose last day is over; returns how many."""
    due = Campaign.objects.filter(state=State.CLOSING, closes_on__lt=today)
    numbers = due.order_by("pk").values_list("pk", flat=True)
    return sum(_freeze_if_due(pk, today=today) for pk in list(numbers))


@retried_atomic
def archive_campaign(*, campaign: Campaign, by: User, reason: str = "") -> Campaign:
    """Put a frozen campaign away: it takes no records any more.

    Raises CampaignRefused while a late record waits for review: nobody could
    decide about it afterwards.
    """
    campaign = _locked(campaign)
    waiting = Activity.objects.awaiting_review().filter(campaign=campaign).count()
    if campaign.state == State.FROZEN and waiting:
        raise CampaignRefused(
            _("还有%(count)d项活动待审核，审核完才能归档。") % {"count": waiting}
        )
    campaign.move_to(State.ARCHIVED, by=by, reason=reason)
    return campaign


def _locked(campaign: Campaign) -> Campaign:
    """The campaign as it is now, its row locked: records wait (lock_campaigns)."""
    return Campaign.objects.select_for_update().get(pk=campaign.pk)


@retried_atomic
def _freeze_if_due(pk: int, *, today: date) -> bool:
    campaign = _locked(Campaign(pk=pk))
    if campaign.state != State.CLOSING or campaign.closes_on >= today:
        return False
    _freeze(campaign, today=today, by=None, reason="")
    return True


def _freeze(
    campaign: Campaign, *, today: date, by: User | None, reason: str
) -> Campaign:
    is_early = campaign.closes_on is None or campaign.closes_on >= today
    if campaign.state == State.CLOSING and is_early and not reason:
        raise CampaignRefused(_early(campaign))
    campaign.move_to(State.FROZEN, by=by, reason=reason, frozen_at=timezone.now())
    figures = live_rows(campaign)
    _write(campaign, figures)
    audit.record(
        "campaigns.frozen_figure_created",
        target=campaign,
        by=by,
        rows=len(figures),
        activities=sum(row.led_count for row in figures),
        to_addendum=_send_to_addendum(campaign),
    )
    return campaign


def _early(campaign: Campaign) -> str:
    if campaign.closes_on is None:
        return _("行动没有收尾截止日期，冻结须写明理由。")
    return _("收尾截止日期是%(day)s，提前冻结须写明理由。") % {
        "day": day_text(campaign.closes_on)
    }


def _write(campaign: Campaign, figures: list[Figure]) -> None:
    FrozenFigure.objects.bulk_create(
        (FrozenFigure(campaign=campaign, **vars(row)) for row in figures),
        batch_size=BATCH,
    )


def _send_to_addendum(campaign: Campaign) -> int:
    """Mark what is neither approved nor cancelled as late; returns how many.

    A merger may hold some of these rows: locked one by one, lowest number first.
    """
    late = Activity.objects.filter(
        campaign=campaign, state__in=Activity.UNFINISHED_STATES
    )
    list(late.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return late.update(in_addendum=True)
