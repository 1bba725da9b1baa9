"""Mail by SMTP: what each answer of the server means, and what a mail looks like."""

import logging
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from accounts.channels.base import Envelope, Refused, Unavailable, Unclear, Unreachable
from accounts.channels.mail import MailChannel
from accounts.models import Delivery
from accounts.notifications.sending import send_due
from tests.accounts.smtp_servers import HANG_UP, LATER, PIPELINING, smtp_server
from tests.factories.accounts import DeliveryFactory, UserFactory

State = Delivery.SendState
each_server = pytest.mark.parametrize(
    "ehlo", ["250 test", PIPELINING], ids=["a step at a time", "reads ahead"]
)


def envelope(**values):
    defaults = {
        "key": "notification-7",
        "kind": "test",
        "user": UserFactory.build(email="reader@example.invalid"),
        "title": "示例通知",
        "body": "示例正文",
    }
    return Envelope(**{**defaults, **values})


def send(settings, mail=None, **answers):
    """Send one mail to a server that answers so; returns the server."""
    with smtp_server(settings, **answers) as server, MailChannel().open() as line:
        line.send(mail or envelope())
    return server


def sent(settings, **values):
    """The mail as it arrived."""
    [(_recipient, text)] = send(settings, envelope(**values)).mails
    return message_from_bytes(text, policy=policy.default)


def words(mail):
    return mail.get_content().replace("\r\n", "\n")


def test_mail_arrives_as_it_was_written(settings):
    settings.DEFAULT_FROM_EMAIL = "芗城创城 <portal@portal.example>"

    mail = sent(settings, url="http://testserver/shifts/7/")

    assert (mail["Subject"], mail["To"]) == (
        "【芗城创城协同平台】示例通知",
        "reader@example.invalid",
    )
    assert mail["From"] == "芗城创城 <portal@portal.example>"
    assert mail["Message-ID"] == "<notification-7@portal.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime is not None
    assert words(mail).startswith("示例正文\n\nhttp://testserver/shifts/7/\n")


@pytest.mark.parametrize(
    "title",
    [
        "a\r\nBcc: x@example.invalid",
        "通知\nBcc: x@example.invalid",
        "a\u2028b\x00\x0bc",
    ],
)
def test_title_with_line_breaks_begins_no_header(title, settings):
    mail = sent(settings, title=title)

    assert mail["Bcc"] is None
    assert set(mail["Subject"]) & set("\r\n\x00\u2028\x0b") == set()
    assert words(mail).startswith("示例正文")


def test_lines_of_one_dot_do_not_end_the_mail(settings):
    mail = sent(settings, body="一\n.\n\n.二")

    assert words(mail).startswith("一\n.\n\n.二\n")


@each_server
@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        pytest.param({"RCPT": "550 no such user"}, Refused, id="no such user"),
        pytest.param({"RCPT": "450 later"}, Unavailable, id="greylisted"),
        pytest.param({"DATA": "554 no"}, Refused, id="text refused before"),
        pytest.param({"TEXT": "554 spam"}, Refused, id="text refused"),
        pytest.param({"TEXT": "452 full"}, Unavailable, id="no room"),
        pytest.param({"MAIL": "550 who are you"}, Unavailable, id="sender refused"),
        pytest.param({"TEXT": HANG_UP}, Unclear, id="answer lost"),
        pytest.param({"RCPT": HANG_UP}, Unavailable, id="hangs up twice"),
        pytest.param({"GREETING": "421 busy"}, Unreachable, id="busy"),
        pytest.param({"GREETING": HANG_UP}, Unreachable, id="no greeting"),
    ],
)
def test_answer_of_the_server_means(answers, outcome, ehlo, settings):
    with pytest.raises(outcome) as caught:
        send(settings, EHLO=ehlo, **answers)

    assert caught.type is outcome


@each_server
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("how", [HANG_UP, "421 enough"])
def test_mail_goes_over_a_new_connection_when_the_old_one_is_lost(
    step, how, ehlo, settings
):
    server = send(settings, EHLO=ehlo, **{step: [how]})

    assert (len(server.mails), server.connections) == (1, 2)


@each_server
@pytest.mark.parametrize("answers", [{}, {"MAIL": [HANG_UP]}], ids=["ok", "lost"])
def test_mail_that_was_announced_arrives_once(answers, ehlo, settings):
    mails = [envelope(), envelope()]
    with (
        smtp_server(settings, EHLO=ehlo, **answers) as server,
        MailChannel().open() as line,
    ):
        for mail in mails:
            line.announce(mail.user)
            line.announce(mail.user)
            line.send(mail)

    assert len(server.mails) == 2


@each_server
def test_mail_announced_to_one_person_goes_to_no_other(ehlo, settings):
    lost = UserFactory.build(email="lost@example.invalid")
    with smtp_server(settings, EHLO=ehlo) as server, MailChannel().open() as line:
        line.announce(lost)
        line.send(envelope())
        line.announce(lost)

    assert [recipient for recipient, _text in server.mails] == [
        "reader@example.invalid"
    ]


def test_commands_are_written_at_once_to_a_server_that_reads_ahead(settings):
    server = send(settings, EHLO=PIPELINING, MAIL=LATER, RCPT=LATER)

    assert (len(server.mails), server.connections) == (1, 1)


def test_commands_are_not_written_at_once_to_any_other_server(settings):
    with smtp_server(settings, MAIL=LATER) as server:
        settings.EMAIL_TIMEOUT = 0.1
        with MailChannel().open() as line, pytest.raises(Unavailable):
            line.send(envelope())

    assert server.mails == []


@pytest.mark.parametrize(
    ("answers", "connections"),
    [
        pytest.param({}, 1, id="a step at a time"),
        pytest.param({"EHLO": PIPELINING, "DATA": ["503 for nobody"]}, 1, id="ahead"),
        # It waits for the text of a mail to nobody.
        pytest.param({"EHLO": PIPELINING}, 2, id="ahead and waits"),
    ],
)
def test_refused_mail_leaves_the_connection_to_the_next(answers, connections, settings):
    with (
        smtp_server(settings, RCPT=["550 no"], **answers) as server,
        MailChannel().open() as line,
    ):
        with pytest.raises(Refused):
            line.send(envelope())
        line.send(envelope())

    assert (len(server.mails), server.connections) == (1, connections)
    assert server.unfinished == b""


def test_server_that_hangs_up_on_everybody_is_down(settings):
    raised = []
    with smtp_server(settings, MAIL=HANG_UP), MailChannel().open() as line:
        for _mail in range(3):
            with pytest.raises(Unavailable) as caught:
                line.send(envelope())
            raised.append(caught.type)

    assert raised == [Unavailable, Unavailable, Unreachable]


@pytest.mark.parametrize("email", ["a\r\nDATA@x.invalid", "读者@example.invalid"])
def test_address_smtp_cannot_take_is_refused_without_asking(email, settings):
    mail = envelope(user=UserFactory.build(email=email))

    with (
        smtp_server(settings) as server,
        MailChannel().open() as line,
        pytest.raises(Refused),
    ):
        line.send(mail)

    assert server.mails == []


@pytest.mark.django_db
def test_refusals_name_no_address_in_logs_and_lists(settings, caplog):
    row = DeliveryFactory(notification__recipient__email="reader@example.invalid")

    with (
        caplog.at_level(logging.DEBUG),
        smtp_server(settings, RCPT="550 <reader@example.invalid>: User unknown"),
    ):
        send_due("mail", now=timezone.now())

    row.refresh_from_db()
    assert (row.send_state, row.error) == (State.FAILED, "550 <***>: User unknown")
    assert "550" in caplog.text
    assert "reader@" not in caplog.text


@pytest.mark.django_db
def test_server_down_is_asked_once_for_many_mails(settings, monkeypatch):
    monkeypatch.setattr("accounts.notifications.claiming.BATCH", 2)
    DeliveryFactory.create_batch(5)

    with smtp_server(settings, GREETING="421 busy") as server:
        send_due("mail", now=timezone.now())

    rows = Delivery.objects.values_list("send_state", "attempts")
    assert (server.connections, set(rows)) == (1, {(State.DUE, 0)})
