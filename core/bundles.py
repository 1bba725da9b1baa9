"""Style sheets and scripts, joined into the few files a page asks for."""

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage

RELATIVE_URL = re.compile(r"""url\((["']?)(?!data:|https?:|[/#])([^"')]+)\1\)""")


class BundleFinder(finders.BaseFinder):
    """Finds the files of STATIC_BUNDLES, each joined from its parts when asked for.

    To collectstatic they are files like others: hashed, compressed, kept for long. A
    script stands in a function of its own, so that names do not meet; those written
    to share names stand in one, as a tuple. A part that is missing is an error, never
    left out.
    """

    def check(self, **_kwargs: object) -> list[CheckMessage]:
        """An error for each part no finder knows."""
        parts = {part for name in settings.STATIC_BUNDLES for part in parts_of(name)}
        return [
            Error(f"STATIC_BUNDLES names {part}, which is not there.", id="core.E001")
            for part in sorted(parts)
            if not finders.find(part)
        ]

    def find(self, path: str, find_all: bool = False) -> str | list[str]:
        """The place of the bundle on the disk; nothing for other names."""
        if path not in settings.STATIC_BUNDLES:
            return []
        written = str(_written(path))
        return [written] if find_all else written

    def list(self, _ignore_patterns: list[str] | None) -> Iterator[tuple[str, Storage]]:
        """Every bundle with the storage it lies in, as collectstatic asks."""
        storage = InMemoryStorage()
        for name in settings.STATIC_BUNDLES:
            storage.save(name, ContentFile(joined(name)))
            yield name, storage


def _written(name: str) -> Path:
    """The bundle on the disk, whole: two processes may ask at once."""
    place = Path(settings.BUNDLES_ROOT) / name
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.write_text(joined(name), "utf-8")
    draft.replace(place)
    return place


def parts_of(name: str) -> list[str]:
    """The names of a bundle's parts, in their order."""
    entries = settings.STATIC_BUNDLES[name]
    return [part for entry in entries for part in _together(entry)]


def joined(name: str) -> str:
    """The text of a bundle, its parts in their order."""
    entries = map(_together, settings.STATIC_BUNDLES[name])
    if name.endswith(".js"):
        texts = ["\n".join(map(_text, entry)) for entry in entries]
        return "\n".join(f"(() => {{\n{text}\n}})();" for text in texts)
    return "\n".join(_style(part, name) for entry in entries for part in entry)


def _together(entry: str | tuple[str, ...]) -> tuple[str, ...]:
    return (entry,) if isinstance(entry, str) else entry


def _style(part: str, name: str) -> str:
    """A style sheet whose pictures are found from where the bundle lies."""
    here, there = posixpath.dirname(part), posixpath.dirname(name)

    def moved(found: re.Match) -> str:
        quote, url = found.groups()
        path = posixpath.relpath(posixpath.join("/", here, url), f"/{there}")
        return f"url({quote}{path}{quote})"

    return RELATIVE_URL.sub(moved, _text(part))


def _text(part: str) -> str:
    found = finders.find(part)
    if not found:
        raise FileNotFoundError(part)
    return Path(found).read_text("utf-8")
