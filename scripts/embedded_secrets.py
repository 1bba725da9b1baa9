"""The secrets of `make run`: made once, kept under var/ for the owner only."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

CONSONANTS = "bdfghkmnprstvz"
VOWELS = "aeiou"
KEY_LENGTH = 50


def secret_key(var: Path) -> str:
    """SECRET_KEY of this checkout."""
    return _kept(var / "secret-key", lambda: secrets.token_urlsafe(KEY_LENGTH), 50)


def demo_password(var: Path) -> str:
    """DEMO_PASSWORD from the environment, or the one kept in var/demo-password."""
    given = os.environ.get("DEMO_PASSWORD")
    return given or _kept(var / "demo-password", readable_password, 12)


def readable_password() -> str:
    """Four pronounceable groups with about 49 bits of chance: "kavu-mire-..."."""
    return "-".join(_syllable() + _syllable() for _ in range(4))


def _syllable() -> str:
    return secrets.choice(CONSONANTS) + secrets.choice(VOWELS)


def _kept(path: Path, make: Callable[[], str], shortest: int) -> str:
    """The secret in the file; a missing or cut-off file is written anew."""
    if path.exists():
        kept = path.read_text(encoding="utf-8").strip()
        if len(kept) >= shortest:
            return kept
    secret = make()
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{secret}\n")
    draft.replace(path)
    return secret
