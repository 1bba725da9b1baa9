"""The portal with the sign-up lock taken away, to prove that the race test can fail.

On PostgreSQL the row lock becomes a plain read; on SQLite transactions begin
deferred, so that they read before they hold the write lock.
"""

from django.conf import settings

options = settings.DATABASES["default"]["OPTIONS"]
if "transaction_mode" in options:
    options["transaction_mode"] = "DEFERRED"

# The application first: it makes Django ready for the models.
from xiangcheng_portal.wsgi import application  # noqa: E402, I001
from volunteers.actions import signups  # noqa: E402
from volunteers.models import Shift  # noqa: E402


def read_shift(pk: int) -> Shift:
    """What lock_shift does, without the lock."""
    return Shift.objects.select_related("activity").get(pk=pk)


signups.lock_shift = read_shift

__all__ = ["application"]
