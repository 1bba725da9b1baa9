"""Models of the accounts floor; import them from here."""

from accounts.models.choices import (
    QUIET_FROM,
    QUIET_UNTIL,
    ChannelChoice,
    ChatRobot,
    QuietHours,
)
from accounts.models.delivery import LEASE, STUCK_AFTER, Channel, Delivery
from accounts.models.draft import FormDraft
from accounts.models.export import ExportJob
from accounts.models.kind import KindSetting, KindText
from accounts.models.notification import Notification
from accounts.models.saved_report import SavedReport
from accounts.models.user import User

__all__ = [
    "LEASE",
    "QUIET_FROM",
    "QUIET_UNTIL",
    "STUCK_AFTER",
    "Channel",
    "ChannelChoice",
    "ChatRobot",
    "Delivery",
    "ExportJob",
    "FormDraft",
    "KindSetting",
    "KindText",
    "Notification",
    "QuietHours",
    "SavedReport",
    "User",
]
