"""The words of kinds: the portal's own, or what the office wrote instead."""

from collections.abc import Mapping

from accounts.kinds import kind_of
from accounts.models import KindText


def words_of(code: str, variant: str = "") -> tuple[str, str]:
    """Title and body of a kind, with %(name)s for what is filled in; one query."""
    text = kind_of(code).texts[variant]
    own = KindText.objects.filter(kind=code, variant=variant).first()
    if own is None:
        return str(text.title), str(text.body)
    return own.title or str(text.title), own.body or str(text.body)


def fill(words: tuple[str, str], values: Mapping[str, object]) -> tuple[str, str]:
    """Title and body with the values in their places."""
    title, body = words
    return title % values, body % values
