"""Messages to people, from the transaction that causes them to the mail server.

writing, planning: rows of the outbox · kinds, kind_settings, texts: what there is to
say · routing, addressing, standing, quiet_hours, digests, choices: where it goes ·
sending, claiming, sifting, sweeping, stuck: out of the portal, at most once · outbox:
how all of it is doing. Decision 0015.
"""

from accounts.notifications.writing import BELL, Message, notify, withdraw

__all__ = ["BELL", "Message", "notify", "withdraw"]
