"""Every form by the page that takes it, a module for each noun."""

from tests.hostile.forms import (
    accounts,
    activities,
    attendance,
    campaigns,
    certificates,
    groups,
    honors,
    hours,
    invitations,
    message_kinds,
    needs,
    offers,
    organising,
    pairings,
    registers,
    robots,
    stories,
    tasks,
    volunteers,
    whistle_answers,
    whistles,
    wishes,
)
from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
for module in (
    accounts,
    registers,
    pairings,
    needs,
    volunteers,
    campaigns,
    activities,
    tasks,
    honors,
    stories,
    whistles,
    whistle_answers,
    wishes,
    offers,
    groups,
    invitations,
    organising,
    attendance,
    hours,
    certificates,
    message_kinds,
    robots,
):
    FORMS.update(module.FORMS)
