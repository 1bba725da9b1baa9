"""What is checked of a spreadsheet before any reader opens it.

Limits source: a 426 KB workbook was seen to take 270 MB; so the size, the unpacked
size and their ratio are bounded first, and the reader gets a plain new archive that
holds the counted XML parts and nothing else.
"""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.errors import RuleError
from core.sheets_ole import OleError, OleFile

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_PARTS = 2_000
RATIO_FREE_BYTES = 1024 * 1024  # small parts may be as dense as they like

_SUFFIXES = {".xlsx", ".xls", ".csv"}
_ZIP_START = b"PK\x03\x04"
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN_STARTS = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"%PDF",
    b"RIFF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"PK\x05\x06",
    b"{\\rtf",
)


class SheetError(RuleError):
    """A spreadsheet that is refused; the text names the reason."""


def read_bounded(file: BinaryIO) -> bytes:
    """Return the bytes of the file, or raise SheetError when empty or above 5 MB."""
    content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise SheetError(_("文件超过 5 MB，请拆成几个文件后再上传。"))
    if not content.strip():
        raise SheetError(_("文件是空的。"))
    return content


def kind_of(content: bytes, filename: str) -> str:
    """Return "xlsx", "xls" or "csv", decided by the content.

    The name must end in one of the three; workbooks of either kind may carry the
    other's ending, since many offices rename them.
    """
    suffix = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    if suffix not in _SUFFIXES:
        raise SheetError(_("只接受 .xlsx、.xls 或 .csv 文件。"))
    if content.startswith(_ZIP_START):
        return "xlsx"
    if content.startswith(_OLE_START):
        return "xls"
    if content.startswith(_FOREIGN_STARTS) or suffix != ".csv":
        raise _wrong_type(suffix)
    return "csv"


def repack_xlsx(content: bytes) -> dict[str, bytes]:
    """Return the XML parts of a workbook, name to bytes, unpacked and counted.

    Raises SheetError for an archive that is damaged, encrypted, no workbook, too
    large, too dense, or that plays with names.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_listing(entries)
            budget = MAX_UNPACKED_BYTES
            parts = {}
            for entry in entries:
                if not _is_wanted(entry):
                    continue
                parts[entry.filename] = _read_entry(archive, entry, budget)
                budget -= len(parts[entry.filename])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise damaged() from error
    except (NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged() from error
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise damaged()
    return parts


def pack_stored(parts: dict[str, bytes]) -> io.BytesIO:
    """Return the parts as an uncompressed archive for the reader."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    packed.seek(0)
    return packed


def workbook_stream(content: bytes) -> bytes:
    """Return the workbook stream of an .xls file.

    Raises SheetError for other OLE files: encrypted workbooks, Word, damaged.
    """
    try:
        ole = OleFile(content)
        for name in ("Workbook", "Book"):
            if name in ole.names:
                return ole.read(name)
    except OleError as error:
        raise damaged() from error
    if "EncryptedPackage" in ole.names or "EncryptionInfo" in ole.names:
        raise encrypted()
    if "WordDocument" in ole.names:
        raise SheetError(_("这是 Word 文档，不是表格。请另存为 .xlsx 后再上传。"))
    raise _wrong_type(".xls")


def damaged() -> SheetError:
    """Return the refusal for a file that cannot be read."""
    return SheetError(_("文件已损坏或格式不正确，请用表格软件打开并另存为 .xlsx。"))


def encrypted() -> SheetError:
    """Return the refusal for a file that asks for a password."""
    return SheetError(_("文件设有密码，无法读取。请去掉密码后再上传。"))


def _check_listing(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    lowered = {name.lower() for name in names}
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise encrypted()
    if len(entries) > MAX_PARTS or len(lowered) != len(names):
        raise damaged()
    if any(_is_path_trick(name) for name in names):
        raise damaged()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise _too_large_unpacked()
    if "xl/workbook.xml" not in lowered or "[content_types].xml" not in lowered:
        raise _wrong_archive(lowered)


def _is_path_trick(name: str) -> bool:
    parts = name.split("/")
    return (
        name.startswith("/")
        or ".." in parts
        or any(character in name for character in "\\:\x00")
    )


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    """Pictures, macros and the like are never handed to the reader."""
    name = entry.filename.lower()
    return name.endswith((".xml", ".rels")) and not entry.is_dir()


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int) -> bytes:
    """Unpack one part; the count of real bytes decides, not the declared size."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged()
    with archive.open(entry) as stream:
        part = stream.read(budget + 1)
    packed = max(entry.compress_size, 1)
    if len(part) > budget:
        raise _too_large_unpacked()
    if len(part) > max(RATIO_FREE_BYTES, packed * MAX_RATIO):
        raise _too_large_unpacked()
    return part


def _wrong_archive(names: set[str]) -> SheetError:
    if "word/document.xml" in names:
        return SheetError(_("这是 Word 文档，不是表格。请另存为 .xlsx 后再上传。"))
    if "ppt/presentation.xml" in names:
        return SheetError(_("这是演示文稿，不是表格。"))
    return _wrong_type(".xlsx")


def _wrong_type(suffix: str) -> SheetError:
    return SheetError(
        _("文件名以 %(suffix)s 结尾，但内容不是这种表格。请用表格软件另存为 .xlsx。")
        % {"suffix": suffix}
    )


def _too_large_unpacked() -> SheetError:
    return SheetError(_("工作簿展开后过大，请只保留需要导入的表格内容后再上传。"))
