"""Reading the rows of a long file: patient, in parts, in nobody's way."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

CHUNK_ROWS = 1000
PART_ROWS = 500  # worked on at once, column by column
# An export may take longer than a page, but not for ever; a reader whose line is
# stuck gives the connection back.
STATEMENT_SECONDS = 120
STALLED_SECONDS = 60


@contextmanager
def patient_read() -> Iterator[None]:
    """Let one read outlast the limit of pages, within limits of its own.

    Only PostgreSQL has such limits and needs a transaction to read in parts; on
    SQLite a transaction would keep writers out. Compiling the query (JIT) would
    take up to two seconds before the first row and save nothing.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true),"
                " set_config('idle_in_transaction_session_timeout', %s, true),"
                " set_config('jit', 'off', true)",
                [f"{STATEMENT_SECONDS}s", f"{STALLED_SECONDS}s"],
            )
        yield


@contextmanager
def held_read() -> Iterator[None]:
    """The same for a worker, which writes its progress while it reads.

    Outside of a transaction the cursor is one WITH HOLD: PostgreSQL sets the rows
    aside when it is opened. So others see the progress, a job can be cancelled, and
    no old transaction keeps the tables from being tidied. Behind a pooler a limit set
    for the session would reach strangers, so there the limit of pages stays: workers
    do better with a connection of their own.
    """
    is_pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    if connection.vendor != "postgresql" or is_pooled:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, false),"
            " set_config('jit', 'off', false)",
            [f"{STATEMENT_SECONDS}s"],
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
            cursor.execute("RESET jit")
