"""Photos of a ledger: opened and shrunk one by one, only when they are written."""

import io
import logging
from collections.abc import Callable

from django.core.files.storage import default_storage
from docx.opc.constants import CONTENT_TYPE
from docx.opc.packuri import PackURI
from docx.parts.image import ImagePart
from PIL import Image

from campaigns.models import EvidenceFile

logger = logging.getLogger(__name__)

LONG_SIDE = 1_000
QUALITY = 75
BOX = (7.6, 5.7)  # centimetres


class StoredPhoto(ImagePart):
    """A photo in the document whose bytes are made when the package is saved."""

    def __init__(self, number: int, path: str, saved: Callable[[], None]) -> None:
        name = PackURI(f"/word/media/photo{number}.jpeg")
        super().__init__(name, CONTENT_TYPE.JPEG, b"")
        self._path = path
        self._saved = saved

    @property
    def blob(self) -> bytes:
        """The shrunk photo; made anew at each call and kept by nobody."""
        content = shrunk(self._path)
        self._saved()
        return content


def shrunk(path: str) -> bytes:
    """A stored photo as a JPEG of at most 1,000 pixels a side.

    A photo that is gone or damaged becomes a grey field: the document says by its
    caption what was there, and the log which file it is.
    """
    try:
        with default_storage.open(path) as file, Image.open(file) as image:
            size = _fitted(image.size)
            image.draft("RGB", size)  # a JPEG is decoded at half its size or less
            image.load()
            pixels = image if image.mode == "RGB" else image.convert("RGB")
            pixels = pixels.resize(size, Image.Resampling.BICUBIC)
    except (OSError, ValueError) as error:
        logger.warning("photo %s of a ledger cannot be read: %s", path, error)
        pixels = Image.new("RGB", (400, 300), "lightgrey")
    output = io.BytesIO()
    pixels.save(output, "JPEG", quality=QUALITY)
    return output.getvalue()


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1, LONG_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def size_in_box(file: EvidenceFile) -> tuple[float, float]:
    """Width and height in centimetres, as large as the box allows."""
    width, height = file.width or 4, file.height or 3
    scale = min(BOX[0] / width, BOX[1] / height)
    return width * scale, height * scale
