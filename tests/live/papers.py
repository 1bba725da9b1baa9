"""What stands on a printed page."""

import unicodedata

from pypdf import PageObject

# Fonts like Noto give some characters back as the radical of the same shape.
RADICALS = str.maketrans("⻓⻔⻚⻅⻋⻘⻛⻝⻢⻥⻩⻬⻰", "长门页见车青风食马鱼黄齐龙")


def text_of(page: PageObject) -> str:
    """The page's text without blanks, whatever Chinese font it was printed with."""
    text = unicodedata.normalize("NFKC", "".join(page.extract_text().split()))
    return text.translate(RADICALS)
