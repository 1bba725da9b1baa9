"""Live figures of the front page."""

import pytest

from reports.figures import home_figures
from tests.factories.volunteers import SignupFactory

pytestmark = pytest.mark.django_db


def test_signups_stay_counted_when_shifts_are_settled():
    for state in ("attended", "no_show", "excused"):
        SignupFactory(state=state)
    SignupFactory(state="confirmed", heads=2)
    for state in ("waitlisted", "lapsed", "cancelled"):
        SignupFactory(state=state)

    assert home_figures()["signups"] == 5
