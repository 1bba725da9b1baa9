"""Every form by the page that takes it, a module for each noun."""

from tests.hostile.forms import (
    accounts,
    activities,
    campaigns,
    honors,
    needs,
    pairings,
    registers,
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
):
    FORMS.update(module.FORMS)
