"""Head and foot of every page: drawn once for all who see the same."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

CSRF_PLACE = "\ue002csrf\ue003"  # private use: in no text of ours
NAMES = ("portal_name", "district_name")


@register.simple_tag(takes_context=True)
def site_header(context: template.Context) -> SafeString:
    """The head with navigation, unread count and the person's menu.

    Drawing it took a fifth of a page. It depends on few values, which are the key;
    only the form's token is one's own and is put in afterwards.
    """
    user = context.get("user")
    is_signed_in = bool(user and user.is_authenticated)
    entries = tuple(context.get("navigation") or ())
    html = _keeper(_header)(
        str(user) if is_signed_in else None,
        entries,
        int(str(context.get("unread_count") or 0)),  # it is lazy
        tuple(context.get(name) for name in NAMES),
        get_language(),
        bool(context.get("letters_are_large")),
    )
    token = str(context.get("csrf_token") or "")
    return mark_safe(html.replace(CSRF_PLACE, token))  # noqa: S308 letters and digits


@register.simple_tag(takes_context=True)
def site_footer(context: template.Context) -> SafeString:
    """The foot, the same for everybody."""
    names = tuple(context.get(name) for name in NAMES)
    return _keeper(_footer)(names, get_language())


def _keeper(draw):
    """Templates under work are drawn anew each time."""
    return draw.__wrapped__ if settings.DEBUG else draw


@lru_cache(maxsize=2048)
def _header(
    name: str | None,
    entries: tuple,
    unread_count: int,
    names: tuple[str | None, ...],
    _language: str,
    letters_are_large: bool,
) -> SafeString:
    values = {
        "name": name,
        "letters_are_large": letters_are_large,
        "navigation": entries,
        "unread_count": unread_count,
        "csrf_token": CSRF_PLACE,
        **dict(zip(NAMES, names, strict=True)),
    }
    return render_to_string("components/site_header.html", values)


@lru_cache(maxsize=16)
def _footer(names: tuple[str | None, ...], _language: str) -> SafeString:
    values = dict(zip(NAMES, names, strict=True))
    return render_to_string("components/site_footer.html", values)
