"""Writes to the registers; import them from here."""

from communities.actions.divisions import import_divisions
from communities.actions.memberships import (
    GrantRefused,
    end_membership,
    grant_membership,
)
from communities.actions.organizations import (
    OrganizationRefused,
    import_organizations,
    next_organization_code,
    save_organization,
)
from communities.actions.pairings import (
    PairingsRefused,
    confirm_pairing_import,
    import_pairings,
    upload_pairings,
)
from communities.actions.people import BlockRefused, set_account_active

__all__ = [
    "BlockRefused",
    "GrantRefused",
    "OrganizationRefused",
    "PairingsRefused",
    "confirm_pairing_import",
    "end_membership",
    "grant_membership",
    "import_divisions",
    "import_organizations",
    "import_pairings",
    "next_organization_code",
    "save_organization",
    "set_account_active",
    "upload_pairings",
]
