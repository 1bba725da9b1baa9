"""Messages about reports."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import SavedReport
from accounts.notifications import Message, notify


def scheduled_report_failed(saved: SavedReport, now: datetime) -> None:
    """Tell the owner that the clock could not have the file made, and why."""
    message = Message(
        recipient_id=saved.owner_id,
        kind="report_schedule_failed",
        target=saved,
        title=_("定期报表未能生成"),
        body=saved.problem,
        path=reverse("reports:saved_report_list"),
        slot=timezone.localdate(now).isoformat(),
    )
    notify([message], now=now)
