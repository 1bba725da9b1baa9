"""Papers and feeds that leave the portal."""

from volunteers.exports.calendar_feed import calendar_feed
from volunteers.exports.certificate_pdf import certificate_pdf
from volunteers.exports.pdf_parts import PdfMissing, check_pdf_parts

__all__ = ["PdfMissing", "calendar_feed", "certificate_pdf", "check_pdf_parts"]
