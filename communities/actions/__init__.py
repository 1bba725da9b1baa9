"""Writes to the registers; import them from here."""

from communities.actions import merges, organization_changes, splits
from communities.actions.changes import (
    ChangeRefused,
    apply_due_changes,
    plan_change,
    retry_change,
    undo_change,
)
from communities.actions.divisions import import_divisions
from communities.actions.memberships import (
    GrantRefused,
    end_membership,
    grant_membership,
)
from communities.actions.notices import withdraw_notice
from communities.actions.organizations import (
    OrganizationRefused,
    import_organizations,
    next_organization_code,
    save_organization,
)
from communities.actions.pairings import (
    PairingsRefused,
    confirm_pairing_import,
    end_pairing,
    import_pairings,
    upload_pairings,
)
from communities.actions.people import BlockRefused, set_account_active

__all__ = [
    "BlockRefused",
    "ChangeRefused",
    "GrantRefused",
    "OrganizationRefused",
    "PairingsRefused",
    "apply_due_changes",
    "confirm_pairing_import",
    "end_membership",
    "end_pairing",
    "grant_membership",
    "import_divisions",
    "import_organizations",
    "import_pairings",
    "merges",
    "next_organization_code",
    "organization_changes",
    "plan_change",
    "retry_change",
    "save_organization",
    "set_account_active",
    "splits",
    "undo_change",
    "upload_pairings",
    "withdraw_notice",
]
