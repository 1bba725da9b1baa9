"""Forms of the day of a shift."""

from django.utils import timezone

from communities.models import Membership
from tests.hostile.forms.base import Form
from volunteers.codes import screen_code
from volunteers.models import Signup


def _signup() -> Signup:
    unit = Membership.objects.get(role="unit")
    return Signup.objects.get(
        shift__title="示例现场", shift__activity__organization=unit.organization_id
    )


def _walk_in() -> dict[str, object]:
    code = screen_code(_signup().shift_id, now=timezone.now())
    return {"code": code, "deed": "walk_in", "post": ""}


def _scan() -> dict[str, object]:
    return {"signup": _signup().pk, "deed": "in"}


def _mark() -> dict[str, object]:
    return {**_scan(), "heads": "1", "at": timezone.now().isoformat()}


FORMS: dict[str, Form] = {
    "volunteers:check_in": Form(
        "own_running", "volunteer", _walk_in, texts="code deed post"
    ),
    "volunteers:check_in_scanned": Form(
        "own_code", "unit", _scan, texts="deed", keys="signup"
    ),
    "volunteers:shift_day_mark": Form(
        "own_running",
        "unit",
        _mark,
        texts="deed",
        moments="at",
        counts="heads",
        keys="signup",
    ),
}
