"""Forms of offers and posts."""

from tests.hostile.forms.base import Form
from volunteers.models import ShiftPost


def _post() -> dict[str, object]:
    return {"post": ShiftPost.objects.order_by("pk").first().pk}


FORMS: dict[str, Form] = {
    "volunteers:signup_create": Form(
        "own_shift_with_posts", "street", _post, keys="post"
    )
}
