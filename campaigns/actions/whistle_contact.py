"""Showing how to reach the resident a whistle is for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import rules
from campaigns.models import Whistle
from core import audit
from core.phones import local_phone
from core.transactions import retried_atomic


@dataclass(frozen=True)
class Contact:
    """A resident's name and phone, as stored and as it is dialled here."""

    name: str
    phone: str
    local: str


@retried_atomic
def see_contact(*, whistle: Whistle, by: User) -> Contact | None:
    """Return the resident's contact and record who saw it; None when there is none.

    Neither name nor phone goes into the record. Raises WhistleRefused for who may
    not see it, also when the right ended a moment ago.
    Source: issue 5, "Blow"; PRODUCT section 4, personal data.
    """
    # Read anew, not locked: a look before a release and one after it are both right.
    fresh = Whistle.objects.select_related("community").get(pk=whistle.pk)
    if not rules.can_see_contact(by, fresh):
        raise rules.WhistleRefused(_("只有社区和已接单的党组织可以查看居民联系方式。"))
    if not fresh.has_contact:
        return None
    audit.record("campaigns.whistle_contact_seen", target=fresh, by=by)
    phone = fresh.resident_phone
    return Contact(fresh.resident_name, phone, local_phone(phone) if phone else "")
