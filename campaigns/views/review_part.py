"""The review on the page of an activity."""

from typing import Any

from django.http import HttpRequest

from campaigns.forms.reviews import ReviewForm
from campaigns.models import Activity
from campaigns.permissions import can_review_activity
from campaigns.queries.reviews import changes_since_return, grouped, returns_of


def review_part(
    request: HttpRequest,
    activity: Activity,
    *,
    sees_history: bool,
    form: ReviewForm | None = None,
) -> dict[str, Any]:
    """What the review fragments need: the form, what was returned, what was mended."""
    can_review = can_review_activity(request.user, activity)
    returns = returns_of(activity) if sees_history else []
    if can_review and form is None:
        form = ReviewForm(activity=activity)
    return {
        "can_review": can_review,
        "last_return": returns[0] if returns else None,
        "return_groups": grouped(returns[0].points.all()) if returns else [],
        "return_count": len(returns),
        "mended": changes_since_return(activity) if can_review and returns else [],
        "review_form": form,
    }
