"""Files people upload: checked before they are opened, stored out of sight.

A photo is drawn anew. Nothing of the file survives but its pixels: no EXIF (it holds
places), no comment, no colour profile, no second picture, no hidden page. A PDF may
be signed and stays as it is; one that holds anything active is refused.
"""

import hashlib
import io
import os
import re
import secrets
import struct
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.http import Http404
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core.errors import RuleError
from core.uploads_pdf import PdfRefused, check_pdf, is_pdf

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_SIDE = 8_000
KEPT_SIDE = 2_560
SMALL_SIDE = 480
JPEG_QUALITY = 85
FORMATS = ["JPEG", "PNG", "WEBP"]

_FOLDER = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_saved: ContextVar[list[str] | None] = ContextVar("saved_files", default=None)


class UploadError(RuleError):
    """An uploaded file that is refused; the text names the file and the reason."""


@dataclass(frozen=True)
class CheckedPhoto:
    """A photo drawn anew: its bytes, pixels, and the SHA-256 of these bytes.

    `source_sha256` is the hash of the file as it was uploaded, `small` the picture
    again with at most 480 pixels a side.
    """

    content: bytes
    width: int
    height: int
    sha256: str
    extension: str
    size: int
    source_sha256: str = ""
    small: bytes = b""


@dataclass(frozen=True)
class CheckedDocument:
    """A document fit to be kept: its bytes, a name to offer it under, its hashes."""

    content: bytes
    extension: str
    name: str
    sha256: str
    source_sha256: str


def check_document(upload: BinaryIO) -> CheckedDocument:
    """Return a PDF as it is, or a photo as check_photo draws it, up to 10 MB.

    Told by the content; the name keeps the uploaded one's stem and gets the true
    extension. Raises UploadError for anything else and for a PDF with active parts.
    """
    name = _shown_name(getattr(upload, "name", None))
    content = upload.read(MAX_PHOTO_BYTES + 1)
    if content and not (is_pdf(content) or _is_photo(content)):
        _refuse_heic(content, name)
        raise _refusal(name, _("只接受 PDF 或 JPEG、PNG、WebP 照片"))
    if not is_pdf(content):
        photo = check_photo(_named(content, name))
        return CheckedDocument(
            photo.content,
            "jpg",
            _with_extension(name, "jpg"),
            photo.sha256,
            photo.source_sha256,
        )
    if len(content) > MAX_PHOTO_BYTES:
        raise _refusal(name, _("超过 10 MB"))
    try:
        check_pdf(content)
    except PdfRefused as error:
        raise _refusal(name, str(error)) from error
    sha256 = hashlib.sha256(content).hexdigest()
    return CheckedDocument(content, "pdf", _with_extension(name, "pdf"), sha256, sha256)


def check_photo(upload: BinaryIO) -> CheckedPhoto:
    """Return the photo as a clean JPEG of at most 2,560 pixels a side.

    Takes JPEG, PNG and WebP, told by their content, up to 10 MB, 25 megapixels and
    8,000 pixels a side; of an animation the first picture. It is turned upright and
    transparent parts become white. Raises UploadError for anything else.
    """
    name = _shown_name(getattr(upload, "name", None))
    content = upload.read(MAX_PHOTO_BYTES + 1)
    if not content:
        raise _refusal(name, _("文件是空的"))
    if len(content) > MAX_PHOTO_BYTES:
        raise _refusal(name, _("超过 10 MB"))
    if not _is_photo(content):
        _refuse_heic(content, name)
        raise _refusal(name, _("只接受 JPEG、PNG 或 WebP 照片"))
    _check_webp_canvas(content, name)
    try:
        _check_integrity(content, name)
        pixels = _decode(content, name)
    except UploadError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    except Exception as error:
        # A damaged picture makes the decoders raise nearly anything.
        raise _refusal(name, _("照片已损坏或不完整，请重新选择")) from error
    return _encode(pixels, hashlib.sha256(content).hexdigest())


def private_storage_path(folder: str, extension: str = "") -> str:
    """Return a random name in a folder of the private storage, as "a/3f/3f9c….jpg"."""
    if not _FOLDER.fullmatch(folder):
        raise ValueError(f"not a storage folder: {folder!r}")
    if extension and not _EXTENSION.fullmatch(extension):
        raise ValueError(f"not a file extension: {extension!r}")
    token = secrets.token_hex(16)
    return f"{folder}/{token[:2]}/{token}" + (f".{extension}" if extension else "")


def save_private(content: bytes, folder: str, extension: str) -> str:
    """Store the bytes under a new random name and return the name.

    The name appears only when everything is on the disk; call it before the row
    that names the file is saved, so that a full disk leaves neither.
    """
    name = private_storage_path(folder, extension)
    final = Path(default_storage.path(name))
    final.parent.mkdir(parents=True, exist_ok=True)
    temporary = final.with_name(f".{final.name}.part")
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(final)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(final.parent)
    if (saved := _saved.get()) is not None:
        saved.append(name)
    return name


@contextmanager
def removed_on_failure() -> Iterator[None]:
    """Take back what save_private stored inside the block when the block fails.

    Put it around a transaction: its rows go by themselves, its files do not.
    """
    outer, saved = _saved.get(), []
    token = _saved.set(saved)
    try:
        yield
    except BaseException:
        for name in saved:
            remove_private(name)
        raise
    else:
        if outer is not None:
            outer += saved
    finally:
        _saved.reset(token)


def open_private(name: str) -> BinaryIO:
    """Open a stored file for reading; raises Http404 when it is gone."""
    try:
        return default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error


def remove_private(name: str) -> None:
    """Remove a stored file; call it after the row that named it is gone."""
    default_storage.delete(name)


def _is_photo(content: bytes) -> bool:
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    )


def _refuse_heic(content: bytes, name: str) -> None:
    """Tell the owner of a telephone what to do: its own format is not ours."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise _refusal(
            name,
            _(
                "这是 HEIC 照片，请在手机“设置—相机—格式”中选择“兼容性最佳”后重拍，"
                "或转存为 JPEG 再上传"
            ),
        )


def _check_webp_canvas(content: bytes, name: str) -> None:
    """Read the size of a WebP by hand: opening one already allocates its canvas."""
    if content[:4] != b"RIFF":
        return
    kind, body = content[12:16], content[20:30].ljust(10, b"\0")
    if kind == b"VP8X":
        width = int.from_bytes(body[4:7], "little") + 1
        height = int.from_bytes(body[7:10], "little") + 1
    elif kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", body[6:10]))
    _check_size(width, height, name)


def _check_size(width: int, height: int, name: str) -> None:
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise _too_many_pixels(name)


def _check_integrity(content: bytes, name: str) -> None:
    """Let a PNG check its sums, which decoding leaves out."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        _check_size(*image.size, name)
        image.verify()


def _decode(content: bytes, name: str) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        _check_size(*image.size, name)
        image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))  # JPEG: decode no more than needed
        image.load()
        plain = _plain(image)
        plain.thumbnail((KEPT_SIDE, KEPT_SIDE))
        return _on_white(ImageOps.exif_transpose(plain))


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in 8-bit L, RGB or RGBA, whatever it was written in."""
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda level: level / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    """Return the pixels on a new picture that inherits nothing of the old one."""
    canvas = Image.new("RGB", image.size, "white")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    canvas.paste(image.convert("RGB"), mask=alpha)
    return canvas


def _encode(pixels: Image.Image, source_sha256: str) -> CheckedPhoto:
    content = _jpeg(pixels)
    small = pixels.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return CheckedPhoto(
        content=content,
        width=pixels.width,
        height=pixels.height,
        sha256=hashlib.sha256(content).hexdigest(),
        extension="jpg",
        size=len(content),
        source_sha256=source_sha256,
        small=_jpeg(small),
    )


def _jpeg(pixels: Image.Image) -> bytes:
    output = io.BytesIO()
    pixels.save(output, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return output.getvalue()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _shown_name(name: str | None) -> str:
    """The file's own name, short and without anything that could mislead."""
    last = re.split(r"[/\\]", str(name or ""))[-1]
    visible = "".join(sign for sign in last if sign.isprintable())
    return unicodedata.normalize("NFC", visible).strip()[:60] or _("未命名文件")


def _named(content: bytes, name: str) -> BinaryIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def _with_extension(name: str, extension: str) -> str:
    """The name with this extension, safe in a header and on any disk."""
    stem = name.rpartition(".")[0] if "." in name else name
    kept = re.sub(r'[\\/:*?"<>|;%]', "", stem).strip(". ") or _("文件")
    return f"{kept}.{extension}"


def _too_many_pixels(name: str) -> UploadError:
    return _refusal(name, _("尺寸过大，每边不超过 8000 像素，总共不超过 2500 万像素"))


def _refusal(name: str, reason: str) -> UploadError:
    return UploadError(
        _("“%(name)s”未被接受：%(reason)s。") % {"name": name, "reason": reason}
    )
