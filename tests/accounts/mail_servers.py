"""Mail servers as they fail."""

from django.core.mail.backends.base import BaseEmailBackend


class RefusingBackend(BaseEmailBackend):
    """A mail server that takes the connection and refuses every mail."""

    def send_messages(self, messages):
        raise OSError("mailbox unavailable")


class UnreachableBackend(BaseEmailBackend):
    """A mail server that does not answer."""

    def open(self):
        raise ConnectionRefusedError("no answer")

    def send_messages(self, messages):
        self.open()


class OneMailAConnectionBackend(BaseEmailBackend):
    """A mail server that hangs up after each mail, as under a limit."""

    sent: list = []
    is_used = None

    def open(self):
        if self.is_used is None:
            self.is_used = False
            return True
        return False

    def close(self):
        self.is_used = None

    def send_messages(self, messages):
        is_new = self.open()
        if self.is_used:
            raise OSError("connection closed by the server")
        self.is_used = True
        self.sent.extend(messages)
        if is_new:
            self.close()
        return len(messages)


class OneMailThenDownBackend(OneMailAConnectionBackend):
    """A mail server that goes down after one mail."""

    is_down = False

    def open(self):
        if self.is_down:
            raise ConnectionRefusedError("no answer")
        return super().open()

    def close(self):
        super().close()
        self.is_down = True


class SilentBackend(BaseEmailBackend):
    """A mail server that takes the mail and never answers."""

    def send_messages(self, messages):
        raise TimeoutError("no answer")
