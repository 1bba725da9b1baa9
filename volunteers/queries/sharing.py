"""What others see of a shift where its address is passed on."""

from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _

from core.dates import span_text
from volunteers.models import Shift


@dataclass(frozen=True)
class Preview:
    """Title, words, address and picture of a shared link; all of it is public."""

    title: str
    text: str
    url: str
    image: str


def preview_of(shift: Shift) -> Preview:
    """The preview of a shift's page; addresses never come from the request."""
    return Preview(
        title=f"{shift.activity.title} · {shift.title}",
        text=_("%(time)s，%(place)s，名额 %(capacity)d 人。")
        % {
            "time": span_text(shift.starts_at, shift.ends_at),
            "place": shift.place,
            "capacity": shift.capacity,
        },
        url=f"{settings.SITE_URL}{shift.get_absolute_url()}",
        image=f"{settings.SITE_URL}{static('img/share.png')}",
    )
