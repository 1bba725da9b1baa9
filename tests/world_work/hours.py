"""Objects of the small district: hours."""

from typing import Any

from core.uploads import save_private
from tests.factories.hours import (
    AttendanceFactory,
    DisputeFactory,
    LateEntryFactory,
    PastShiftFactory,
    RecordFactory,
    ServedActivityFactory,
    days_ago,
)
from tests.factories.volunteers import SignupFactory
from tests.files import picture
from volunteers.models import Volunteer


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """A shift to be settled, one without check-outs, records, an entry, a dispute."""
    volunteer = Volunteer.objects.get(user=world.users["volunteer"])
    activity = ServedActivityFactory(
        organization=organization,
        community=community,
        is_public=True,
        starts_at=days_ago(2 if side == "own" else 4),
    )
    shift = PastShiftFactory(activity=activity)
    AttendanceFactory(signup__shift=shift)
    forgotten = AttendanceFactory(signup__shift=shift, checked_out_at=None)
    record, superior, office = (
        RecordFactory(
            shift=PastShiftFactory(activity=activity, state="settled"),
            recorded_by=world.users["leader"],
            **values,
        )
        for values in (
            {"volunteer": volunteer, "state": "confirmed"},
            {"level": "superior", "state": "recorded"},
            {"level": "office", "state": "recorded"},
        )
    )
    proof = save_private(picture(), "proofs", "jpg")
    world.files.append(proof)
    late = LateEntryFactory(activity=activity, proof=proof)
    missing, others = (
        SignupFactory(
            shift=PastShiftFactory(activity=activity, state="settled"),
            state="no_show",
            **who,
        )
        for who in ({"volunteer": volunteer}, {})
    )
    own_dispute = DisputeFactory(signup=record.signup)
    world.arguments |= {
        f"{side}_served_activity": [activity.pk],
        f"{side}_unsettled_shift": [shift.pk],
        f"{side}_forgotten": [forgotten.pk],
        f"{side}_record": [record.pk],
        f"{side}_record_superior": [superior.pk],
        f"{side}_record_office": [office.pk],
        f"{side}_late_entry": [late.pk],
        f"{side}_missing": [missing.pk],
        f"{side}_others_missing": [others.pk],
        f"{side}_dispute": [own_dispute.pk],
        f"{side}_others_dispute": [DisputeFactory(signup=others).pk],
    }
