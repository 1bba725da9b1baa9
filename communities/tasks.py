"""What the clock does to the registers."""

from celery import shared_task
from django.utils import timezone

from communities.actions.agreement_reminders import remind_of_agreements
from communities.actions.changes import apply_due_changes
from communities.actions.needs import expire_due_needs
from communities.actions.report_in_reminders import remind_of_renewals
from communities.actions.report_ins import end_past_report_ins
from communities.actions.uploads import empty_forgotten_uploads
from communities.actions.wishes import erase_wish_contacts, expire_due_wishes
from core.periodic import PeriodicTask


@shared_task(base=PeriodicTask, name="communities.apply_register_changes")
def apply_register_changes() -> None:
    """Carry out the changes of the registers whose day has come."""
    apply_due_changes(today=timezone.localdate())


@shared_task(base=PeriodicTask, name="communities.end_and_renew_report_ins")
def end_and_renew_report_ins() -> None:
    """End report-ins of periods that are over, and recall the next period."""
    today = timezone.localdate()
    end_past_report_ins(today=today)
    remind_of_renewals(today=today)


@shared_task(base=PeriodicTask, name="communities.expire_needs")
def expire_needs() -> None:
    """Close needs that nobody claimed by the day they were wanted."""
    expire_due_needs(today=timezone.localdate())


@shared_task(base=PeriodicTask, name="communities.close_wishes")
def close_wishes() -> None:
    """Close wishes nobody claimed in time, and forget whom the ended ones were for."""
    now = timezone.now()
    expire_due_wishes(today=timezone.localdate(now), now=now)
    erase_wish_contacts(now=now)


@shared_task(base=PeriodicTask, name="communities.remind_of_agreements")
def remind_of_agreements_task() -> None:
    """Recall agreements that end soon to both sides."""
    remind_of_agreements(today=timezone.localdate())


@shared_task(base=PeriodicTask, name="communities.empty_forgotten_uploads")
def empty_forgotten_uploads_task() -> None:
    """Empty uploaded files of registers that nobody confirmed."""
    empty_forgotten_uploads(now=timezone.now())
