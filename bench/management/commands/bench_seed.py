"""Seeds the database of the bench."""

from django.core.management.base import BaseCommand, CommandParser

from bench.seed import fill_signups, grow_to


class Command(BaseCommand):
    help = "Grow the bench's database to SIZE activities, shifts and sign-ups."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("size", type=int)
        parser.add_argument(
            "--signups", type=int, default=0, help="then so many a shift"
        )

    def handle(self, *args: object, size: int, signups: int, **options: object) -> None:
        grow_to(size)
        if signups:
            self.stdout.write(str(fill_signups(signups)))
