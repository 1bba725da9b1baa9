"""Messages about stories: to those who wrote them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from campaigns.models import Story


def story_published(story: Story, *, by_id: int) -> None:
    """Tell who wrote and handed it in that everyone can read it."""
    _tell(
        story,
        kind="story_published",
        by_id=by_id,
        title=_("故事已发布：%(kind)s"),
        body=_("您提交的%(kind)s已发布，所有人都能看到。有人收回同意时会自动隐藏。"),
    )


def story_returned(story: Story, *, reason: str, by_id: int) -> None:
    """Tell them what to mend."""
    _tell(
        story,
        kind="story_returned",
        by_id=by_id,
        title=_("故事被退回：%(kind)s"),
        body=_("您提交的%(kind)s被退回，理由：%(reason)s。请修改后重新提交。"),
        reason=reason,
    )


def story_taken_down(story: Story, *, reason: str, by_id: int) -> None:
    """Tell them that somebody else hid it or withdrew it."""
    _tell(
        story,
        kind="story_taken_down",
        by_id=by_id,
        title=_("故事%(state)s：%(kind)s"),
        body=_("%(kind)s%(state)s，不再公开展示，理由：%(reason)s。"),
        reason=reason,
    )


def _tell(
    story: Story, *, kind: str, by_id: int, title: str, body: str, reason: str = ""
) -> None:
    words = {
        "kind": story.get_kind_display(),
        "state": story.get_state_display(),
        "reason": reason,
    }
    notify(
        Message(
            recipient_id=recipient_id,
            kind=kind,
            target=story,
            slot=story.state_changed_at.isoformat(),
            title=title % words,
            body=body % words,
            path=story.get_absolute_url(),
            has_email=True,
        )
        for recipient_id in _writers(story, by_id)
    )


def _writers(story: Story, by_id: int) -> Iterable[int]:
    wrote = {story.created_by_id, story.submitted_by_id} - {None, by_id}
    return sorted(wrote)
