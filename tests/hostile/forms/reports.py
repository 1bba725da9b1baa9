"""The forms of files and saved settings of reports."""

from tests.hostile.forms.base import Form


def _saved_data() -> dict[str, object]:
    return {"name": "示例设置", "file_format": "xlsx", "schedule": "monthly"}


def _purpose_data() -> dict[str, object]:
    return {"purpose": "核对示例名单", "file_format": "xlsx"}


FORMS = {
    "reports:report_save": Form(
        "report", "office", _saved_data, texts="name", controls="file_format schedule"
    ),
    "reports:saved_report_edit": Form(
        "offices_saved_report",
        "office",
        _saved_data,
        texts="name",
        controls="file_format schedule",
    ),
    "reports:report_unmasked": Form(
        "personal_report",
        "office",
        _purpose_data,
        texts="purpose",
        controls="file_format",
    ),
}
