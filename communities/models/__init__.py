"""Models of the registers; import them from here."""

from communities.models.division import Community, Subdistrict
from communities.models.membership import Membership
from communities.models.organization import Organization
from communities.models.pairing import Pairing, PairingImport, PairingNotice

__all__ = [
    "Community",
    "Membership",
    "Organization",
    "Pairing",
    "PairingImport",
    "PairingNotice",
    "Subdistrict",
]
