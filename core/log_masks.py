"""Keeps secrets that stand in addresses out of the logs."""

import logging
import re
from collections.abc import Iterable


class SecretPathFilter(logging.Filter):
    """Puts *** where a log line names an address below one of the prefixes.

    Whoever holds such an address may act (take back a consent), so it is masked in
    what Django writes about refused and failed requests too.
    """

    def __init__(self, prefixes: Iterable[str]) -> None:
        super().__init__()
        starts = "|".join(re.escape(prefix) for prefix in prefixes)
        # At the root of this portal: "/consents/…", not "/desk/consents/7/".
        root = r"(?:^|[^\w/.-]|//[^/\s]+)"
        self._secret = re.compile(rf"({root}(?:{starts}))[\w.%-]+")

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = self._secret.sub(r"\1***", message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True
