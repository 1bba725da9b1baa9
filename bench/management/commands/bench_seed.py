"""Seeds the database of the bench."""

from django.core.management.base import BaseCommand, CommandParser

from bench.seed import grow_to


class Command(BaseCommand):
    help = "Grow the bench's database to SIZE activities, shifts and sign-ups."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("size", type=int)

    def handle(self, *args: object, size: int, **options: object) -> None:
        grow_to(size)
