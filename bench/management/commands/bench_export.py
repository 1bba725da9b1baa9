"""One export, in a process of its own so that its peak of memory is its own."""

import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bench.figures import spend
from reports.exports import ACTIVITIES
from reports.queries import Filters

BEIJING = ZoneInfo("Asia/Shanghai")


class Command(BaseCommand):
    help = "Export all activities one way and print what it took as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("way", choices=sorted(WAYS))

    def handle(self, *args: object, way: str, **options: object) -> None:
        office = User.objects.get(username="bench-office")
        outcome = {}
        work = WAYS[way](office, outcome)
        spent = spend(work)
        self.stdout.write(json.dumps(vars(spent) | outcome))


def portal(file_format: str) -> Callable:
    """The export page, from request to last byte."""

    def prepare(office: User, outcome: dict) -> Callable[[], None]:
        client = Client()
        client.force_login(office)
        client.get(reverse("reports:report_list"))
        url = reverse("reports:report_export", args=["activities", file_format])

        def work() -> None:
            began = time.perf_counter()
            response = client.get(url)
            for number, chunk in enumerate(response.streaming_content):
                if number == 0:
                    outcome["first_byte"] = time.perf_counter() - began
                outcome["bytes"] = outcome.get("bytes", 0) + len(chunk)

        return work

    return prepare


def bare_xlsx(office: User, outcome: dict) -> Callable[[], None]:
    """xlsxwriter alone, in constant memory, with the same cells already at hand."""
    rows = [
        [_naive(cell) for cell in cells]
        for cells in ACTIVITIES.cells(ACTIVITIES.rows(office, Filters()))
    ]

    def work() -> None:
        options = {"constant_memory": True, "strings_to_formulas": False}
        with xlsxwriter.Workbook("bench.xlsx", options) as book:
            sheet = book.add_worksheet()
            moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            for line, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(line, place, cell)
                    elif isinstance(cell, datetime):
                        sheet.write_datetime(line, place, cell, moment)
                    elif cell is not None:
                        sheet.write_number(line, place, cell)
        outcome["bytes"] = os.path.getsize("bench.xlsx")

    return work


def bare_csv(office: User, outcome: dict) -> Callable[[], None]:
    """PostgreSQL's COPY of the same query, at its best."""
    fields = [column.field for column in ACTIVITIES.columns]
    rows = ACTIVITIES.rows(office, Filters()).values_list(*fields)
    sql, values = rows.query.sql_with_params()

    def work() -> None:
        with connection.cursor() as cursor, open("bench.csv", "wb") as file:
            cursor.execute("SET jit = off")
            query = cursor.mogrify(sql, values).decode()
            cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH CSV", file)
        outcome["bytes"] = os.path.getsize("bench.csv")

    return work


def _naive(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.astimezone(BEIJING).replace(tzinfo=None)
    return cell


WAYS = {
    "portal-xlsx": portal("xlsx"),
    "portal-csv": portal("csv"),
    "bare-xlsx": bare_xlsx,
    "bare-csv": bare_csv,
}
