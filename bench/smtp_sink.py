"""A mail server that takes everything; says on its last line how much it took."""

import asyncio
import signal
import sys

from aiosmtpd.smtp import SMTP


class Sink:
    """Counts mails."""

    taken = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        """Offer to read ahead, as most servers do; aiosmtpd does it unasked."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_DATA(self, server, session, envelope) -> str:
        Sink.taken += 1
        return "250 taken"


async def main(port: int) -> None:
    """Serve until asked to stop."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    server = await loop.create_server(lambda: SMTP(Sink()), "127.0.0.1", port)
    async with server:
        await stop.wait()
    print(Sink.taken, flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
