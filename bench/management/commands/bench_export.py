"""One export, in a process of its own so that its peak of memory is its own."""

import json
import os
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice, repeat
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.urls import reverse
from rustpy_xlsxwriter import FastExcel, Format

from accounts.models import ExportJob, User
from bench.export_rows import fill_activities
from bench.figures import spend
from campaigns.models import Activity
from core.sheets_cells import xlsx_rows
from reports.exports import ACTIVITIES
from reports.exports.report_job import ReportMaker
from reports.queries import Filters

AT_HAND = 100_000  # rows the bare writer is given; again and again for more
NOT_SHOWN = {
    *("photo_count", "shift_count", "signup_count"),
    *("submitted_at", "reviewed_at"),
}
COLUMNS = tuple(each for each in ACTIVITIES.columns if each.field not in NOT_SHOWN)
KEYS = [column.key for column in COLUMNS]
FORMATS = {"int": "0", "datetime": "yyyy-mm-dd hh:mm"}


class Command(BaseCommand):
    help = "Export all activities one way and print what it took as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("way", choices=[*sorted(WAYS), "seed"])
        parser.add_argument("--size", type=int, default=0)

    def handle(self, *args: object, way: str, size: int, **options: object) -> None:
        if way == "seed":
            self.stdout.write(str(fill_activities(size)))
            return
        assert len(COLUMNS) == 15
        office = User.objects.get(username="bench-office")
        outcome = {}
        work = WAYS[way](office, outcome)
        spent = spend(work)
        self.stdout.write(json.dumps(vars(spent) | outcome))


def made(file_format: str) -> Callable:
    """The file as a worker makes it."""

    def prepare(office: User, outcome: dict) -> Callable[[], None]:
        parameters = {"report": "activities", "format": file_format, "columns": KEYS}
        path, maker = Path(f"bench.{file_format}"), ReportMaker()
        outcome["rows"] = maker.total(parameters, office)

        def work() -> None:
            maker.write(parameters, office, path, lambda count: None)
            outcome["bytes"] = path.stat().st_size

        return work

    return prepare


def portal_csv(office: User, outcome: dict) -> Callable[[], None]:
    """From the page while it is read, as long as there it is at once."""
    if Activity.objects.count() > settings.REPORT_ROWS_AT_ONCE["csv"]:
        return made("csv")(office, outcome)
    return streamed("csv", {})(office, outcome)


def portal_small(office: User, outcome: dict) -> Callable[[], None]:
    """The longest XLSX that is given at once, cut by its days."""
    days = Activity.objects.dates("starts_at", "day", order="DESC")
    counts, most = 0, settings.REPORT_ROWS_AT_ONCE["xlsx"]
    for day in days:
        counts += Activity.objects.filter(starts_at__date=day).count()
        if counts > most:
            break
        first = day
    return streamed("xlsx", {"starts_on": first})(office, outcome)


def streamed(file_format: str, filters: dict) -> Callable:
    """The export page, from request to last byte."""

    def prepare(office: User, outcome: dict) -> Callable[[], None]:
        client = _signed_in(office)
        url = _url("report_export", file_format, filters)

        def work() -> None:
            began = time.perf_counter()
            response = client.get(url)
            for number, chunk in enumerate(response.streaming_content):
                if number == 0:
                    outcome["first_byte"] = time.perf_counter() - began
                outcome["bytes"] = outcome.get("bytes", 0) + len(chunk)

        return work

    return prepare


def portal_start(office: User, outcome: dict) -> Callable[[], None]:
    """The request that has the file made in the background."""
    client = _signed_in(office)
    url = _url("report_make", "xlsx", {})
    ExportJob.objects.all().delete()

    def work() -> None:
        began = time.perf_counter()
        response = client.post(url)
        outcome["first_byte"] = time.perf_counter() - began
        outcome["bytes"] = len(response.content)
        assert ExportJob.objects.count() == 1

    return work


def portal_page(office: User, outcome: dict) -> Callable[[], None]:
    """The report's page: twenty rows, and how many there are."""
    client = _signed_in(office)
    url = f"{reverse('reports:report_detail', args=['activities'])}?page=2"

    def work() -> None:
        began = time.perf_counter()
        outcome["bytes"] = len(client.get(url).content)
        outcome["first_byte"] = time.perf_counter() - began

    return work


def bare_xlsx(office: User, outcome: dict) -> Callable[[], None]:
    """The portal's writer library alone: the same look, plain tuples at hand."""
    cells = ACTIVITIES.cells(ACTIVITIES.rows(office, Filters()), "", COLUMNS)
    rows = list(islice(xlsx_rows(cells, len(COLUMNS)), AT_HAND))
    cells.close()
    size = Activity.objects.count()
    titles = [str(column.title) for column in COLUMNS]
    look = {
        "column_widths": [float(column.width) for column in COLUMNS],
        "column_formats": [
            Format().set_num_format(FORMATS.get(column.kind, "@")) for column in COLUMNS
        ],
        "header_format": Format().set_bold().set_border_bottom("thin"),
    }

    def records() -> Iterator[dict]:
        for row in islice(chain.from_iterable(repeat(rows)), size):
            yield dict(zip(titles, row, strict=True))

    def work() -> None:
        book = FastExcel("bench.xlsx")
        book.sheet("bench", records(), autofilter=True, **look)
        book.freeze(row=1, sheet="bench")
        book.save()
        outcome["bytes"] = os.path.getsize("bench.xlsx")

    return work


def bare_csv(office: User, outcome: dict) -> Callable[[], None]:
    """PostgreSQL's COPY of the same query, at its best."""
    fields = [column.field for column in COLUMNS]
    rows = ACTIVITIES.rows(office, Filters()).values_list(*fields)
    sql, values = rows.query.sql_with_params()

    def work() -> None:
        with connection.cursor() as cursor, open("bench.csv", "wb") as file:
            cursor.execute("SET jit = off")
            cursor.execute("SET statement_timeout = 0")
            query = cursor.mogrify(sql, values).decode()
            cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH CSV", file)
        outcome["bytes"] = os.path.getsize("bench.csv")

    return work


def _signed_in(office: User) -> Client:
    client = Client()
    client.force_login(office)
    client.get(reverse("reports:report_list"))
    return client


def _url(name: str, file_format: str, filters: dict) -> str:
    query = urlencode({**filters, "columns": KEYS}, doseq=True)
    return f"{reverse(f'reports:{name}', args=['activities', file_format])}?{query}"


WAYS = {
    "portal-xlsx": made("xlsx"),
    "bare-xlsx": bare_xlsx,
    "portal-csv": portal_csv,
    "bare-csv": bare_csv,
    "xlsx-small": portal_small,
    "job-start": portal_start,
    "page-2": portal_page,
}
