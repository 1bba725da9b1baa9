"""The tasks on the page of an activity."""

from typing import Any

from django.http import HttpRequest

from campaigns.models import Activity


def task_part(
    request: HttpRequest, activity: Activity, *, is_recorder: bool
) -> dict[str, Any]:
    """What `_activity_tasks.html` needs: the tasks the activity is given for."""
    return {}
