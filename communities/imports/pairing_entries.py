"""What a pairing notice is made of: its rows, what it ends, what it comes to."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar

from communities.imports.pairings import PairingLine
from communities.imports.results import Found, RowProblem
from communities.models import Community, Organization, Pairing, PairingNotice
from communities.queries.pairing_uses import Use
from core.phones import mask_phone

CREATED, CHANGED, STAYS, ENDED, REFUSED = (
    "created",
    "changed",
    "stays",
    "ended",
    "refused",
)
# What can become of a pairing under each kind of notice.
OUTCOMES = {
    PairingNotice.Kind.SUPPLEMENT: (CREATED, STAYS, REFUSED),
    PairingNotice.Kind.WHOLE: (CREATED, CHANGED, STAYS, ENDED, REFUSED),
}


@dataclass
class Entry:
    """One pairing to be: what the row says, what it means and what becomes of it.

    `standing` is the row of the same pair that stays or is replaced, `values` the
    details the pairing will have.
    """

    line: PairingLine
    organization: Organization | None = None
    community: Community | None = None
    phone: str = ""
    outcome: str = CREATED
    messages: list[str] = field(default_factory=list)
    standing: Pairing | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def pair(self) -> tuple[int, int]:
        return self.organization.pk, self.community.pk

    def take(self, found: Found) -> Organization | Community:
        """Keep how a text was understood, for the preview."""
        self.messages += found.notes
        return found.row

    def refuse(self, text: str) -> None:
        self.outcome = REFUSED
        self.messages.append(text)


@dataclass(frozen=True)
class Ending:
    """A pairing the notice ends.

    `last_day` None: it has not begun before the notice's day and is taken back whole.
    `use` is what keeps it longer than the day before.
    """

    pairing: Pairing
    last_day: date | None
    use: Use | None = None
    outcome: ClassVar[str] = ENDED


@dataclass
class PairingPlan:
    """All entries of a notice, in the order of the file, and what it would end.

    `refusal` says why the notice as a whole cannot stand. `lost_units` and
    `lost_communities` are left without any pairing.
    """

    starts_on: date
    kind: str = PairingNotice.Kind.SUPPLEMENT
    entries: list[Entry] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    refusal: str = ""
    lost_units: list[Organization] = field(default_factory=list)
    lost_communities: list[Community] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many pairings there are of each outcome this kind of notice can have."""
        tally = Counter(entry.outcome for entry in self.entries)
        tally[ENDED] = len(self.endings)
        return {outcome: tally[outcome] for outcome in OUTCOMES[self.kind]}

    @property
    def problems(self) -> list[RowProblem]:
        return [
            RowProblem(entry.line.number, text)
            for entry in self.entries
            if entry.outcome == REFUSED
            for text in entry.messages
        ]

    @property
    def organization_ids(self) -> set[int]:
        """The organisations whose pairings are made, changed or ended."""
        named = {entry.organization.pk for entry in self.entries if entry.organization}
        return named | {ending.pairing.organization_id for ending in self.endings}

    @property
    def community_ids(self) -> set[int]:
        """The communities whose pairings are made, changed or ended."""
        named = {entry.community.pk for entry in self.entries if entry.community}
        return named | {ending.pairing.community_id for ending in self.endings}

    @property
    def leaves_gaps(self) -> bool:
        """Whether a unit or a community would have no pairing any more."""
        return bool(self.lost_units or self.lost_communities)

    @property
    def changes_anything(self) -> bool:
        return bool(self.endings or self.with_outcome(CREATED, CHANGED))

    def with_outcome(self, *outcomes: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.outcome in outcomes]

    @property
    def fingerprint(self) -> str:
        """The same for two plans that would do the same."""
        entries = [
            [
                entry.line.number,
                entry.outcome,
                entry.organization and entry.organization.pk,
                entry.community and entry.community.pk,
                entry.standing and entry.standing.pk,
                entry.values,
            ]
            for entry in self.entries
        ]
        endings = [[ending.pairing.pk, ending.last_day] for ending in self.endings]
        facts = [self.kind, self.starts_on, entries, endings, self.refusal]
        text = json.dumps(facts, default=str, sort_keys=True)
        return sha256(text.encode()).hexdigest()
