"""The command that fills an empty database."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import (
    ChannelChoice,
    Delivery,
    KindText,
    Notification,
    QuietHours,
    User,
)
from accounts.notifications.digests import DIGEST
from campaigns.actions.tallies import check_tallies
from campaigns.models import Activity, Campaign, Whistle
from communities.models import (
    Agreement,
    Community,
    JointMeeting,
    LeaderLink,
    MemberReportIn,
    NeedClaim,
    Organization,
    OrganizationReportIn,
    Pairing,
    PostHolding,
    RegisterChange,
    Subdistrict,
    Wish,
)
from core.audit_chain import seal_new
from core.models import AuditEntry
from volunteers.models import (
    Attendance,
    Certificate,
    GuardianConsent,
    HoursDispute,
    Invitation,
    ServiceRecord,
    Shift,
    ShiftMessage,
    ShiftRule,
    Signup,
    StandIn,
    Volunteer,
)
from volunteers.queries.stars import stars_of

pytestmark = pytest.mark.django_db


def test_load_demo_fills_register_people_and_work_once(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "first-Password-1")
    call_command("load_demo", "--if-empty")
    monkeypatch.setenv("DEMO_PASSWORD", "second-Password-2")
    call_command("load_demo", "--if-empty")

    counts = [
        model.objects.count()
        for model in (Subdistrict, Community, Organization, Pairing, Activity)
    ]
    assert counts == [12, 179, 222, 127, 158]
    full = Shift.objects.get(activity__title="新华西路文明劝导", title="路口引导")
    assert (full.taken, full.waiting) == (full.capacity, 3)
    assert _states(Signup) == set(Signup.State)
    assert _states(Shift) == {"scheduled", "settled", "cancelled"}
    assert _states(ServiceRecord) == {"recorded", "in_review", "confirmed", "corrected"}
    assert set(ServiceRecord.objects.values_list("level", flat=True)) == set(
        ServiceRecord.Level
    )
    assert _states(Certificate) == set(Certificate.State)
    assert _states(GuardianConsent) == {"asked", "given"}
    for model in (HoursDispute, Invitation, ShiftRule, ShiftMessage, StandIn):
        assert model.objects.exists(), model
    assert Attendance.objects.filter(
        checked_out_at=None, signup__shift__ends_at__lt=timezone.now()
    ).exists()
    assert stars_of(Volunteer.objects.get(user__username="volunteer")).level
    for model in (OrganizationReportIn, MemberReportIn, RegisterChange):
        assert len(set(model.objects.values_list("state", flat=True))) > 1, model
    for model in (LeaderLink, NeedClaim, PostHolding, Agreement, JointMeeting):
        assert model.objects.exists(), model
    assert Wish.objects.filter(state="published").count() == 4
    assert _states(Whistle) == {
        "drafted",
        "issued",
        "dispatched",
        "returned",
        "handling",
        "delivered",
        "closed",
        "merged",
    }
    _assert_messages_have_a_past()
    _assert_district_is_alive()
    assert User.objects.get(username="office").check_password("second-Password-2")
    phones = User.objects.values_list("phone", flat=True)
    assert all(phone.startswith("+861380000") for phone in phones)


def _assert_messages_have_a_past():
    inbox = Notification.objects.filter(
        recipient__username="volunteer", is_shown=True
    ).order_by("-pk")
    assert {"shift_reminder", "place_offered", "shift_cancelled"} <= set(
        inbox.unread().values_list("kind", flat=True)
    )
    moments = list(inbox.values_list("created_at", flat=True))
    assert moments == sorted(moments, reverse=True)
    assert inbox.filter(read_at__isnull=False).exists()
    folded = Notification.objects.filter(
        recipient__username="unit", digest__kind=DIGEST
    )
    assert folded.exists()
    send_states = Delivery.objects.values_list("send_state", flat=True)
    assert set(send_states) == {"sent", "failed", "sending"}
    assert Delivery.objects.stuck(timezone.now()).count() == 1
    for model in (ChannelChoice, QuietHours, KindText):
        assert model.objects.exists(), model


def test_load_demo_without_a_password_says_so(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)

    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        call_command("load_demo")


def test_load_demo_leaves_a_filled_database_alone(monkeypatch, community):
    monkeypatch.setenv("DEMO_PASSWORD", "first-Password-1")

    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo")
    assert not User.objects.filter(username="office").exists()


def _states(model) -> set[str]:
    return set(model.objects.values_list("state", flat=True))


def _assert_district_is_alive():
    """Figures agree with their rows, and every pillar, street and month has some."""
    found = check_tallies(Campaign.objects.get())
    assert (found.activities, found.drifts) == (146, 0)
    assert seal_new(timezone.now()) == AuditEntry.objects.count()
    call_command("verify_audit")  # ends with an error when the chain is broken
    approved = Activity.objects.filter(state=Activity.State.APPROVED)
    assert approved.values("pillar").distinct().count() == 5
    assert not approved.filter(evidence=None).exists()
    settled = Shift.objects.filter(state=Shift.State.SETTLED)
    assert settled.values("community__subdistrict").distinct().count() == 4
    assert settled.datetimes("starts_at", "month").count() >= 4
    ratings = Whistle.objects.filter(state=Whistle.State.CLOSED)
    assert set(ratings.values_list("resolution", flat=True)) == {
        "solved",
        "partly",
        "not",
    }
