"""Opens the portal's files with LibreOffice, as an office worker would."""

import csv
import os
import subprocess
from pathlib import Path

from scripts.system_packages import find_calc

# Comma, quotes, UTF-8, from line 1, texts quoted, cells as shown, every sheet.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true,false,false,-1"
LIMIT_SECONDS = 120
# What it tells of its work; and that it has no Java, which tables do not need.
OF_ITS_WORK = ("convert ", "Writing sheet ", "Warning: failed to launch javaldx")


class OfficeFailed(Exception):
    """LibreOffice could not open a file, or complained of it."""


def opened(paths: list[Path], folder: Path) -> dict[tuple[str, str], list[list[str]]]:
    """Open workbooks in LibreOffice; (file, sheet) to the cells as it shows them.

    Raises OfficeFailed for whatever it has to say beyond what it made.
    """
    made = folder / "opened"
    done = subprocess.run(
        [
            find_calc(),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            AS_CSV,
            "--outdir",
            made,
            *paths,
        ],
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
    )
    said = [
        line
        for line in [*done.stdout.splitlines(), *done.stderr.splitlines()]
        if line.strip() and not line.startswith(OF_ITS_WORK)
    ]
    if done.returncode or said:
        raise OfficeFailed("\n".join([f"exit code {done.returncode}", *said]))
    return {_origin(path, paths): _cells(path) for path in sorted(made.iterdir())}


def _origin(path: Path, paths: list[Path]) -> tuple[str, str]:
    """LibreOffice names a sheet's file "<file>-<sheet>.csv"."""
    for known in paths:
        if path.stem.startswith(f"{known.stem}-"):
            return known.stem, path.stem.removeprefix(f"{known.stem}-")
    raise OfficeFailed(f"{path.name} is of no file")


def _cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
