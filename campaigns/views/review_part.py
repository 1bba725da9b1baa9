"""The review on the page of an activity."""

from typing import Any

from django.http import HttpRequest

from campaigns.forms.reviews import ReviewForm
from campaigns.models import Activity
from campaigns.permissions import can_review_activity


def review_part(
    request: HttpRequest,
    activity: Activity,
    *,
    sees_history: bool,
    form: ReviewForm | None = None,
) -> dict[str, Any]:
    """What the review fragments need: the form, and what was returned last."""
    return {
        "can_review": can_review_activity(request.user, activity),
        "last_return": activity.reviews.first() if sees_history else None,
        "review_form": form or ReviewForm(),
    }
