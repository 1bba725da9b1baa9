"""A ledger of 500 activities with 1,500 photos: its records, its files, its making."""

import io
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image, ImageFilter

from accounts.models import User
from campaigns.models import Activity, Campaign, Evidence, EvidenceFile, Initiative
from communities.models import Organization
from reports.exports.ledger_docx import write_ledger
from reports.exports.ledger_photos import shrunk
from reports.ledger import ledger_of

ACTIVITIES = 500
PHOTOS_EACH = 3
SIDES = (2560, 1920)
ORIGINALS = 6
FIRST, LAST = date(2026, 1, 1), date(2026, 10, 1)
FOLDER = "evidence/bench"
OUTPUT = "bench-ledger.docx"


def make_records() -> None:
    """Write the activities and photos, under an organisation that has no others."""
    organization = _organization()
    originals = [_original(number) for number in range(ORIGINALS)]
    initiatives = list(Initiative.objects.select_related("pillar"))
    began = timezone.make_aware(datetime(2026, 1, 2, 9))
    activities = Activity.objects.bulk_create(
        Activity(
            campaign=Campaign.objects.get(),
            organization=organization,
            pillar=(initiative := initiatives[n % len(initiatives)]).pillar,
            initiative=initiative,
            title=f"示例活动第{n}场",
            starts_at=began + timedelta(hours=14 * n),
            ends_at=began + timedelta(hours=14 * n + 2),
            place=f"示例广场{n}号门",
            text="示例说明，" * 40,
            participant_count=n % 60,
            state=Activity.State.APPROVED,
        )
        for n in range(ACTIVITIES)
    )
    _make_photos(activities, originals)


def _organization() -> Organization:
    return Organization.objects.exclude(parent=None).order_by("pk").last()


def _original(number: int) -> Path:
    """A photo as the portal keeps them, of some 600 kB: soft shapes and some grain."""
    noise = Image.effect_noise((SIDES[0] // 8, SIDES[1] // 8), 120)
    soft = noise.resize(SIDES).filter(ImageFilter.GaussianBlur(6 + number))
    grain = Image.effect_noise(SIDES, 6)
    photo = Image.merge("RGB", [Image.blend(soft, grain, share) for share in _SHARES])
    content = io.BytesIO()
    photo.save(content, "JPEG", quality=85, optimize=True)
    path = Path(default_storage.path(f"{FOLDER}/original{number}.jpg"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.getvalue())
    return path


_SHARES = (0.45, 0.5, 0.55)


def _make_photos(activities: list[Activity], originals: list[Path]) -> None:
    """Each photo has a name of its own; the disk holds the few originals."""
    office = User.objects.get(username="bench-office")
    names = [f"{FOLDER}/{n}.jpg" for n in range(len(activities) * PHOTOS_EACH)]
    for number, name in enumerate(names):
        os.link(originals[number % len(originals)], default_storage.path(name))
    files = EvidenceFile.objects.bulk_create(
        EvidenceFile(
            path=name,
            width=SIDES[0],
            height=SIDES[1],
            size=os.path.getsize(default_storage.path(name)),
            sha256=f"{number:064d}",
            uploaded_by=office,
        )
        for number, name in enumerate(names)
    )
    Evidence.objects.bulk_create(
        Evidence(
            activity=activities[number // PHOTOS_EACH],
            file=file,
            taken_on=FIRST,
            place="示例广场",
            people="示例支部党员",
            purpose=f"示例照片{number}",
            added_by=office,
        )
        for number, file in enumerate(files)
    )


def portal(outcome: dict) -> Callable[[], None]:
    """The document, from the records to the closed file."""

    def work() -> None:
        steps = []
        ledger = ledger_of(_organization(), Campaign.objects.get(), FIRST, LAST)
        write_ledger([ledger], Path(OUTPUT), steps.append)
        assert len(steps) == ACTIVITIES * (1 + PHOTOS_EACH)
        outcome["bytes"] = os.path.getsize(OUTPUT)

    return work


def bare(outcome: dict) -> Callable[[], None]:
    """Pillow alone: the same photos shrunk one by one, and nothing else."""

    def work() -> None:
        names = EvidenceFile.objects.filter(path__startswith=f"{FOLDER}/")
        paths = list(names.values_list("path", flat=True))
        assert len(paths) == ACTIVITIES * PHOTOS_EACH
        outcome["bytes"] = sum(len(shrunk(path)) for path in paths)
        outcome["photo_bytes"] = os.path.getsize(default_storage.path(paths[0]))

    return work


WAYS = {"portal": portal, "bare": bare}
