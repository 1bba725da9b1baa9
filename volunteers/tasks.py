"""Clock to action: reminders, offers, alerts, what may not stay as it is."""

from celery import shared_task
from django.utils import timezone

from core.periodic import PeriodicTask
from volunteers import actions
from volunteers.actions import minors, settlement


@shared_task(base=PeriodicTask, name="volunteers.plan_shift_reminders")
def plan_shift_reminders() -> int:
    """Write due reminders; safe to run twice at once."""
    return actions.plan_shift_reminders(now=timezone.now())


@shared_task(base=PeriodicTask, name="volunteers.lapse_offers")
def lapse_offers() -> int:
    """Let offers lapse and offer their places on; safe to run twice at once."""
    return actions.lapse_offers(now=timezone.now())


@shared_task(base=PeriodicTask, name="volunteers.tell_understaffed")
def tell_understaffed() -> int:
    """Tell officials of shifts that lack people; safe to run twice at once."""
    return actions.tell_understaffed(now=timezone.now())


@shared_task(base=PeriodicTask, name="volunteers.remind_of_settlement")
def remind_of_settlement() -> int:
    """Remind officials of shifts to be settled; safe to run twice at once."""
    return settlement.remind_of_settlement(now=timezone.now())


@shared_task(base=PeriodicTask, name="volunteers.release_open_companions")
def release_open_companions() -> int:
    """Offer on places of groups nobody was named for; safe to run twice at once."""
    return actions.release_open_companions(now=timezone.now())


@shared_task(base=PeriodicTask, name="volunteers.let_minors_go")
def let_minors_go() -> int:
    """Cancel minors' sign-ups where the risk has risen; safe to run twice at once."""
    return minors.let_minors_go(now=timezone.now())
