"""What PDFs are made with: the system's libraries and fonts, and our drawings."""

import base64
import ctypes
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import ImageFile

from core.errors import RuleError

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONT_PACKAGE = "fonts-wqy-microhei"
CHINESE = b":lang=zh-cn"


class PdfMissing(RuleError):
    """The system has not what a PDF is made with."""


def check_pdf_parts() -> str:
    """Say what PDFs are made with; raises PdfMissing naming the packages to install."""
    try:
        _weasyprint()
    except OSError as error:
        raise PdfMissing(_missing(PACKAGES)) from error
    if not _has_chinese_font():
        raise PdfMissing(_missing(FONT_PACKAGE))
    return "Pango and a Chinese font"


def _missing(packages: str) -> str:
    return _(
        "服务器缺少生成 PDF 所需的组件，请联系管理员安装：%(packages)s。"
        "证明已经开具，可以随时查验，装好后即可下载。"
    ) % {"packages": packages}


@cache
def _has_chinese_font() -> bool:
    """Ask the system's list of fonts, which Pango chooses from."""
    fontconfig = ctypes.CDLL("libfontconfig.so.1")
    for name in ("FcNameParse", "FcObjectSetCreate", "FcFontList"):
        getattr(fontconfig, name).restype = ctypes.c_void_p
    pointer = ctypes.c_void_p
    pattern = pointer(fontconfig.FcNameParse(CHINESE))
    nothing = pointer(fontconfig.FcObjectSetCreate())
    fonts = pointer(fontconfig.FcFontList(None, pattern, nothing))
    count = ctypes.cast(fonts, ctypes.POINTER(ctypes.c_int))[0]
    fontconfig.FcFontSetDestroy(fonts)
    fontconfig.FcObjectSetDestroy(nothing)
    fontconfig.FcPatternDestroy(pattern)
    return count > 0


def _weasyprint() -> tuple[Callable, Callable]:
    # Late: the import itself fails where Pango is missing, and the portal runs on.
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    # Its import lets Pillow take pictures that are cut short, for the whole process:
    # uploads must go on refusing them.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return HTML, URLFetcher


def pdf_of(html: str) -> bytes:
    """The page as a PDF. Nothing is fetched: pictures stand in the page itself."""
    check_pdf_parts()
    make, fetcher = _weasyprint()
    page = make(string=html, url_fetcher=fetcher(allowed_protocols=["data"]))
    return page.write_pdf()


@cache
def drawing(name: str) -> str:
    """One of our drawings as an address that holds it."""
    path = Path(settings.BASE_DIR) / "static" / "img" / name
    text = base64.b64encode(path.read_bytes()).decode()
    return f"data:image/svg+xml;base64,{text}"
