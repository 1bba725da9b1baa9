"""The ledger as a background export: what it may hold, and who may have it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Campaign, Evidence
from communities.models import Organization
from communities.permissions import Permission, scope_filter
from core.errors import RuleError
from reports.exports.ledger_docx import write_ledger
from reports.ledger import Ledger, ledger_of
from reports.periods import month_text

KIND = "ledger"
# A document is made within the 600 s of a background task: 1,500 photos take about a
# minute (`make bench`), and word processors are slow with more.
MAX_PHOTOS = 3_000
MAX_ACTIVITIES = 3_000


@dataclass(frozen=True)
class LedgerRequest:
    """Whose ledger, of which campaign, from one month to another."""

    organization: Organization
    campaign: Campaign
    first: date
    last: date

    def ledgers(self) -> list[Ledger]:
        """The ledger and, once the campaign is frozen, its addendum."""
        span = (self.organization, self.campaign, self.first, self.last)
        parts = [False, True] if self.campaign.is_frozen else [False]
        return [ledger_of(*span, addendum=part) for part in parts]

    @property
    def title(self) -> str:
        """Whose ledger for which months."""
        return _("%(name)s台账（%(first)s至%(last)s）") % {
            "name": self.organization.name,
            "first": month_text(self.first),
            "last": month_text(self.last),
        }

    def plain(self) -> dict[str, Any]:
        """As the parameters of a job keep it."""
        return {
            "organization": self.organization.pk,
            "campaign": self.campaign.pk,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
        }


class LedgerMaker:
    """Makes the document; registered in the app's configuration."""

    def title(self, parameters: dict[str, Any]) -> str:
        """Whose ledger for which months."""
        return _read(parameters).title

    def check(self, parameters: dict[str, Any], user: User) -> None:
        """Raise RuleError when the user may not take this ledger away."""
        _allowed(parameters, user)

    def total(self, parameters: dict[str, Any], user: User) -> int:
        """Activities and photos. Raises RuleError for more than a document holds."""
        ledgers = _allowed(parameters, user).ledgers()
        activities = sum(ledger.total for ledger in ledgers)
        photos = sum(_photos_of(ledger) for ledger in ledgers)
        if activities > MAX_ACTIVITIES or photos > MAX_PHOTOS:
            raise RuleError(
                _(
                    "共%(activities)d项活动、%(photos)d张照片，超过一份文档的上限"
                    "（%(most)d项、%(most_photos)d张）。请缩短期间，或者选择下级党组织。"
                )
                % {
                    "activities": activities,
                    "photos": photos,
                    "most": MAX_ACTIVITIES,
                    "most_photos": MAX_PHOTOS,
                }
            )
        return activities + photos

    def write(
        self,
        parameters: dict[str, Any],
        user: User,
        path: Path,
        progress: Callable[[int], None],
    ) -> str:
        """Write the document; raises RuleError when the right is gone."""
        asked = _allowed(parameters, user)
        write_ledger(asked.ledgers(), path, progress)
        return f"{asked.title}_{timezone.localdate():%Y-%m-%d}.docx"


def exportable_organizations(user: User):
    """Organisations whose ledger the user may take away."""
    return Organization.objects.filter(
        scope_filter(user, Permission.LEDGER_EXPORT, organization="self")
    )


def _read(parameters: dict[str, Any]) -> LedgerRequest:
    return LedgerRequest(
        organization=Organization.objects.get(pk=parameters["organization"]),
        campaign=Campaign.objects.get(pk=parameters["campaign"]),
        first=date.fromisoformat(parameters["first"]),
        last=date.fromisoformat(parameters["last"]),
    )


def _allowed(parameters: dict[str, Any], user: User) -> LedgerRequest:
    asked = _read(parameters)
    if not exportable_organizations(user).filter(pk=asked.organization.pk).exists():
        raise RuleError(_("您没有这个党组织台账的导出权限。"))
    return asked


def _photos_of(ledger: Ledger) -> int:
    listed = ledger.activities().order_by().values("pk")
    return Evidence.objects.photos().filter(activity__in=listed).count()
