"""How to reach the resident something is done for: optional, and gone soon after."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ResidentQuerySet(models.QuerySet):
    """Rows by what they still hold of a resident."""

    def with_contact_to_erase(self, now: datetime) -> "ResidentQuerySet":
        """Rows that ended so long ago, or were never sent, that the contact must go."""
        kept_since = now - timedelta(days=settings.RESIDENT_CONTACT_DAYS)
        never_sent = models.Q(state=self.model.UNSENT, created_at__lte=kept_since)
        return self.filter(models.Q(ended_at__lte=kept_since) | never_sent).exclude(
            resident_name="", resident_phone=""
        )


class ResidentContact(models.Model):
    """A resident's name and phone: for who helps and the community, soon erased.

    Given only with the resident's consent, never part of a text, an audit line or an
    export. `UNSENT` is the state of a draft.
    Source: issue 5, "Blow"; PRODUCT section 4, personal data.
    """

    UNSENT: ClassVar[str]

    resident_name = models.CharField(_("居民称呼"), max_length=30, blank=True)
    resident_phone = models.CharField(_("居民电话"), max_length=20, blank=True)
    resident_consented = models.BooleanField(_("居民已同意提供"), default=False)
    contact_erased_at = models.DateTimeField(
        _("联系方式清除时间"), null=True, blank=True, editable=False
    )
    ended_at = models.DateTimeField(
        _("结束时间"), null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True

    @property
    def has_contact(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.resident_name or self.resident_phone)
