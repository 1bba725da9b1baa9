"""A mail server that writes down what it takes, and fails as its folder says.

Run as a program with port and folder. `FOLDER/mood` holds how it behaves, read anew
for each mail: `take`, `slow SECONDS`, `refuse` (try later), `late SECONDS` (takes the
mail and answers so much later), `drop` (takes it and hangs up without an answer).
`FOLDER/arrivals` holds one line of JSON for each mail taken.
"""

import asyncio
import email
import json
import os
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Handler of aiosmtpd; method names and arguments are its own."""

    def __init__(self, folder: Path) -> None:
        self.mood = folder / "mood"
        opened = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.arrivals = os.open(folder / "arrivals", opened)

    async def handle_DATA(
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        word, _, seconds = self.mood.read_text().partition(" ")
        if word == "refuse":
            return "451 4.3.0 try again later"
        if word == "slow":
            await asyncio.sleep(float(seconds))
        self._write_down(envelope)
        if word == "late":
            await asyncio.sleep(float(seconds))
        if word == "drop":
            server.transport.abort()
        return "250 OK"

    def _write_down(self, envelope: Envelope) -> None:
        mail = email.message_from_bytes(envelope.content)
        line = {"id": mail["Message-ID"], "to": envelope.rcpt_tos, "at": time.time()}
        os.write(self.arrivals, (json.dumps(line) + "\n").encode())


async def main(port: int, folder: Path) -> None:
    mailbox = Mailbox(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(mailbox, hostname="localhost"), "127.0.0.1", port
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
