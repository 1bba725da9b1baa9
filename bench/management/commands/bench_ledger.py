"""The ledger of 1,500 photos against Pillow alone, each in a process of its own."""

import json

from django.core.management.base import BaseCommand, CommandParser

from bench.figures import spend
from bench.ledger import WAYS, make_records


class Command(BaseCommand):
    help = "Make the records, or measure one way of the ledger and print JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("way", choices=["seed", *WAYS])

    def handle(self, *args: object, way: str, **options: object) -> None:
        if way == "seed":
            make_records()
            return
        outcome = {}
        spent = spend(WAYS[way](outcome))
        self.stdout.write(json.dumps(vars(spent) | outcome))
