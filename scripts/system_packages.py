"""System packages a command needs: found, installed through apt, or named."""

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from scripts.console import Refusal, say

WQY_FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


class Need(NamedTuple):
    """A Debian package and how to see that what it brings is there."""

    package: str
    is_there: Callable[[], bool]


def find_postgres(program: str) -> str | None:
    """The path of a PostgreSQL server program; Debian keeps them off PATH."""
    by_version = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{program}"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    return str(by_version[-1]) if by_version else shutil.which(program)


def find_chromium() -> str | None:
    """The path of the browser of the tests; CHROMIUM names another one."""
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def find_calc() -> str | None:
    """LibreOffice, when it can open tables: its writer alone cannot."""
    program = shutil.which("soffice")
    if program is None:
        return None
    reader = Path(program).resolve().with_name("libsclo.so")
    return program if reader.exists() else None


def has_chinese_font() -> bool:
    """Whether a font with Chinese letters is installed."""
    if WQY_FONT.exists():
        return True
    if not shutil.which("fc-list"):
        return False
    listing = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True)
    return bool(listing.stdout.strip())


def has_library(name: str) -> Callable[[], bool]:
    """A look for a system library, by its name without "lib"."""
    return lambda: ctypes.util.find_library(name) is not None


# What certificates are made with; without it the portal runs, all but that button.
PDF_NEEDS = [
    Need("libpango-1.0-0", has_library("pango-1.0")),
    Need("libpangoft2-1.0-0", has_library("pangoft2-1.0")),
    Need("libharfbuzz-subset0", has_library("harfbuzz-subset")),
    Need("fonts-wqy-microhei", has_chinese_font),
]
NEEDS = {
    "run": [],  # the wheels bring all the portal cannot do without
    "test": [
        Need("postgresql", lambda: find_postgres("initdb") is not None),
        Need("redis-server", lambda: shutil.which("redis-server") is not None),
        Need("chromium", lambda: find_chromium() is not None),
        Need("libreoffice-calc-nogui", lambda: find_calc() is not None),
        *PDF_NEEDS,
    ],
}
WISHES = {"run": PDF_NEEDS}


def ensure_system_packages(target: str) -> None:
    """Install what the target misses, or refuse and name it."""
    missing = _missing(target)
    if missing and can_install():
        install(missing)
        missing = _missing(target)
    if missing:
        raise Refusal(f"make {target} needs these packages: {' '.join(missing)}")
    _wish_for_packages(target)


def _wish_for_packages(target: str) -> None:
    """Install what the target can do without, if apt may be used; else name it."""
    missing = _missing(target, WISHES)
    if missing and can_install():
        install(missing)
        missing = _missing(target, WISHES)
    if missing:
        say(f"Certificates cannot be made as PDF without {' '.join(missing)}")


def can_install() -> bool:
    """Whether apt may be used: there is one, and we are root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install Debian packages; what apt says goes to the terminal when it fails."""
    say(f"Installing {' '.join(packages)} with apt ...")
    _apt("update")
    _apt("install", "--yes", "--no-install-recommends", *packages)


def _missing(target: str, needs: dict[str, list[Need]] = NEEDS) -> list[str]:
    return [need.package for need in needs.get(target, []) if not need.is_there()]


def _apt(*arguments: str) -> None:
    done = subprocess.run(
        ["apt-get", "-qq", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        say(done.stdout)
