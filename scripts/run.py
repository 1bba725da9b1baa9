"""`make run`: the whole portal on one machine, with demonstration data."""

import os
import sys
import time
from pathlib import Path

from scripts import embedded_programs as programs
from scripts.console import run_command, say
from scripts.embedded_broker import answers, socket_path
from scripts.embedded_database import ensure_usable
from scripts.embedded_settings import (
    Place,
    embedded_environment,
    uses_embedded_broker,
    uses_embedded_database,
    uses_outbox,
)
from scripts.health import is_healthy
from scripts.layout import REQUIREMENTS, var_folder
from scripts.ports import ensure_free, parse_port
from scripts.processes import Children
from scripts.run_lock import RunLock
from scripts.stop_signals import Stopped, StopSignals
from scripts.system_packages import ensure_system_packages
from scripts.virtualenv import ensure_installed
from scripts.welcome import welcome

BROKER_SECONDS = 10
WEB_SECONDS = 90


def main() -> int:
    """Check what is quick to check, set up, then run until asked to stop."""
    began = time.monotonic()
    stop = StopSignals()
    try:
        place = Place(
            var=var_folder(),
            host=os.environ.get("HOST") or "127.0.0.1",
            port=parse_port(os.environ.get("PORT") or "8000"),
        )
        lock = RunLock(place.var, place.port)
        ensure_free(place.host, place.port)
        if uses_embedded_database():
            ensure_usable(place.database)
        ensure_system_packages("run")
        ensure_installed(REQUIREMENTS)
        stop.remember()
        run(place, lock, stop, began)
    except Stopped:
        say("Stopped.")
    return 0


def run(place: Place, lock: RunLock, stop: StopSignals, began: float) -> None:
    """Start the programs, say when the portal answers, keep them running."""
    socket = socket_path(place.var)
    environment = embedded_environment(place, socket)
    logs = place.var / "log"
    with Children(
        logs=logs, environment=environment, lock=lock, check_stop=stop.check
    ) as children:
        prepare(place, socket, children)
        web = children.start("web server", programs.web_server(place))
        children.start("worker", programs.worker(place))
        children.wait_for(
            web, lambda: is_healthy(place.visitor_host, place.port), WEB_SECONDS
        )
        say(
            welcome(
                url=place.url,
                password=environment["DEMO_PASSWORD"],
                mail=str(place.outbox) if uses_outbox() else "sent (EMAIL_URL is set)",
                logs=f"{logs}{os.sep}",
                seconds=time.monotonic() - began,
            )
        )
        children.watch()


def prepare(place: Place, socket: Path, children: Children) -> None:
    """Start the broker while the database is made ready; wait for both."""
    broker = None
    if uses_embedded_broker():
        broker = children.start("broker", programs.broker(socket))
    if not place.database.exists():
        say("Preparing the database with the demonstration data ...")
    children.finish(children.start("preparation", programs.preparation()))
    if broker:
        children.wait_for(broker, lambda: answers(socket), BROKER_SECONDS)


if __name__ == "__main__":
    sys.exit(run_command(main))
