"""Reports as files: asked for, made by a worker, opened again."""

import csv
import io

import python_calamine
from django.utils import timezone

from accounts.exports import request_export, run_due_exports
from core.uploads import open_private
from reports.exports.report_job import ReportRequest
from reports.queries.asked import FILE_KIND
from tests.factories.volunteers import SignupFactory

PERSON = ["volunteer__user__display_name", "volunteer__user__phone"]
PURPOSE = "核对示例名单，仅本办使用"


def a_person(**values):
    """A sign-up of somebody whose name and phone are easy to find."""
    return SignupFactory(
        volunteer__user__display_name="陈某示",
        volunteer__user__phone="+8613800135678",
        **values,
    )


def parameters(slug="activities", file_format="csv", **values):
    """What a job for the report keeps."""
    return ReportRequest(slug=slug, file_format=file_format, **values).plain()


def asked(owner, *args, **values):
    """A job that waits."""
    plain = parameters(*args, **values)
    return request_export(owner=owner, kind=FILE_KIND, parameters=plain)


def made(owner, *args, **values):
    """A job whose turn has come."""
    job = asked(owner, *args, **values)
    run_due_exports(now=timezone.now())
    job.refresh_from_db()
    return job


def bytes_of(job):
    """What the worker has written."""
    with open_private(job.file) as file:
        return file.read()


def csv_of(job):
    """Its rows with the head."""
    return list(csv.reader(io.StringIO(bytes_of(job).decode("utf-8-sig"))))


def sheets_of(content):
    """Sheet names to rows."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
