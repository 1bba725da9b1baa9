"""Pages of messages, for `make shots`: inbox, choices, robot, the office's pages."""

import os
from pathlib import Path

from django.core.signing import Signer
from playwright.sync_api import Page

from scripts.embedded_secrets import secret_key
from scripts.layout import ROOT
from scripts.shot_steps import THREE, Step, Stop, click, fill, send

INBOX, CHOICES, ROBOT = "/me/inbox/", "/me/messages/", "/me/robot/"
KINDS, SENT = "/admin/accounts/notification/kinds/", "/admin/accounts/delivery/"
REMINDER = f"{KINDS}shift_reminder/"
ROW = "#result_list tbody th a"
VOLUNTEER_PK = 6  # the sixth of the demonstration's sign-ins
ROBOT_ADDRESS = (
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
    "?key=00000000-0000-4000-8000-000000000000"
)


def unsubscribe(kind: str) -> Step:
    """Open the address that stands in the volunteer's mails of this kind."""

    def step(page: Page) -> None:
        var = Path(os.environ.get("VAR_DIR") or ROOT / "var")
        signer = Signer(
            key=secret_key(var),
            sep=".",
            salt="accounts.notifications.unsubscribing",
            fallback_keys=[],
        )
        token = signer.sign_object([VOLUNTEER_PK, kind, "mail"])
        page.goto(f"/unsubscribe/{token}/")
        page.wait_for_load_state("networkidle")

    return step


def act(name: str) -> Step:
    """Press this button of the form of words."""
    return click(f"button[name=act][value={name}]")


def title(text: str) -> Step:
    """Type the title of a kind of message."""
    return lambda page: page.locator("#id_text_title").fill(text)


ASKED = unsubscribe("shift_reminder")
ANYONE = [
    Stop("unsubscribe", "/", (ASKED,), THREE),
    Stop("unsubscribe-done", "/", (ASKED, send())),
    Stop("unsubscribe-sure", "/", (unsubscribe("shift_cancelled"),)),
    Stop("unsubscribe-forged", "/unsubscribe/forged.token/", status=404),
]
VOLUNTEER = [
    Stop("inbox-unread", f"{INBOX}?show=unread"),
    Stop("inbox-last", f"{INBOX}?page=2"),
    Stop("message-choices", CHOICES, widths=THREE),
    Stop("message-choices-saved", CHOICES, (send(),)),
    Stop(
        "message-choices-wrong",
        CHOICES,
        (lambda page: page.locator("[name=from_time]").fill(""), send()),
    ),
    Stop("robot", ROBOT),
]
NEWCOMER = [
    Stop("inbox-empty", INBOX),
    Stop("inbox-unread-empty", f"{INBOX}?show=unread"),
    Stop("message-choices", CHOICES),
]
UNIT = [
    Stop("inbox", INBOX),
    Stop("message-choices", CHOICES, widths=THREE),
    Stop(
        "message-choices-open",
        CHOICES,
        (
            lambda page: page.evaluate(
                "document.querySelectorAll('main details').forEach("
                "one => one.open = true)"
            ),
        ),
    ),
    Stop("robot-wrong", ROBOT, (send(),)),
    Stop(
        "robot-registered",
        ROBOT,
        (fill("群名称", "创城工作群"), fill("Webhook 地址", ROBOT_ADDRESS), send()),
    ),
]
OFFICE = [
    Stop("admin-index", "/admin/", widths=THREE),
    Stop("admin-kinds", KINDS, widths=THREE),
    Stop("admin-kinds-all", f"{KINDS}?topic=all"),
    Stop("admin-kind", REMINDER, widths=THREE),
    Stop("admin-kind-own-words", f"{KINDS}task_due_soon/"),
    Stop("admin-kind-variants", f"{KINDS}task_overdue/"),
    Stop("admin-kind-sure", f"{KINDS}shift_cancelled/"),
    Stop(
        "admin-kind-refused",
        REMINDER,
        (title("%(name)s，请记得"), act("save")),
    ),
    Stop(
        "admin-kind-preview",
        REMINDER,
        (title("请记得：%(shift)s"), act("preview")),
    ),
    Stop("admin-outbox", f"{SENT}outbox/", widths=THREE),
    Stop("admin-deliveries", SENT, widths=THREE),
    Stop("admin-deliveries-stuck", f"{SENT}?send_state__exact=sending"),
    Stop("admin-deliveries-none", f"{SENT}?send_state__exact=claimed"),
    Stop(
        "admin-delivery",
        f"{SENT}?send_state__exact=failed",
        (click(ROW),),
        widths=THREE,
    ),
]
