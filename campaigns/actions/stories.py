"""Writes to stories: told, handed in, published, hidden, withdrawn.

Locks: organisation, community, then the story (TRAPS). What is said about a story
goes into the audit log, so it names nobody who is shown.
Source: issue 4, virtue and family.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.activities import NotEditable
from campaigns.actions.consents import live_consents, locked_thing
from campaigns.models import Story
from campaigns.notices import stories as notices
from communities.models import Community, Organization
from core import audit
from core.errors import RuleError
from core.text import normalize_name
from core.transactions import retried_atomic

State = Story.State
SECOND_CLICK = timedelta(minutes=1)
SAME_FORM = (
    "kind",
    "title",
    "text",
    "community_id",
    "organization_id",
    "people_shown",
)


class StoryRefused(RuleError):
    """The story is not fit for what was asked."""


@retried_atomic
def write_story(*, story: Story, by: User, now: datetime) -> Story:
    """Save a new draft; the same one sent twice within a minute is saved once.

    Raises StoryRefused when its organisation or community is no more.
    """
    _lock_places(story, now)
    same = {name: getattr(story, name) for name in SAME_FORM}
    drafts = Story.objects.filter(state=State.DRAFT, created_by=by, **same)
    if held := drafts.filter(created_at__gt=now - SECOND_CLICK).first():
        return held
    story.created_by = by
    story.save()
    audit.record("campaigns.story_created", target=story, by=by)
    return story


def _lock_places(story: Story, now: datetime) -> None:
    """Merging and splitting wait for the story, or have happened."""
    if story.organization_id:
        organizations = Organization.objects.select_for_update(no_key=True)
        organization = organizations.get(pk=story.organization_id)
        if organization.state != Organization.State.ACTIVE:
            raise StoryRefused(
                _("%(name)s%(state)s，不能再记录新的故事。")
                % {"name": organization, "state": organization.get_state_display()}
            )
    communities = Community.objects.select_for_update(no_key=True)
    community = communities.get(pk=story.community_id)
    if community.has_ended(timezone.localdate(now)):
        raise StoryRefused(
            _("%(name)s%(ended)s，请改选现在的社区（村）。")
            % {"name": community.name, "ended": community.end_label}
        )


@retried_atomic
def update_story(*, story: Story, values: dict[str, Any], by: User) -> Story:
    """Change a story that is a draft, returned or hidden.

    Raises NotEditable otherwise: a published one is hidden first.
    """
    story = locked_thing(story)
    if story.state not in Story.EDITABLE_STATES:
        raise NotEditable(
            _("故事%(state)s，不能再修改。") % {"state": story.get_state_display()}
        )
    changed = [name for name, value in values.items() if getattr(story, name) != value]
    for name in changed:
        setattr(story, name, values[name])
    if changed:
        story.save(update_fields=changed)
        audit.record("campaigns.story_changed", target=story, by=by, fields=changed)
    return story


@retried_atomic
def submit_story(*, story: Story, by: User, now: datetime) -> Story:
    """Hand a story to the office.

    Raises StoryRefused while it lacks text, a consent of each person shown, or words
    to a photo.
    """
    story = locked_thing(story)
    check_complete(story)
    story.move_to(State.SUBMITTED, by=by, submitted_at=now, submitted_by=by)
    return story


def check_complete(story: Story) -> None:
    """Raise StoryRefused naming what is missing before everyone may read it.

    A consent is missing, too, while the words still name who took it back.
    """
    if not story.text.strip():
        raise StoryRefused(_("请先写下故事的正文。"))
    missing = story.people_shown - live_consents(story)
    if missing > 0:
        raise StoryRefused(
            _("还缺 %(missing)d 份展示同意：每位出现的人各登记一份。")
            % {"missing": missing}
        )
    if _names_who_took_back(story):
        raise StoryRefused(
            _("有人收回了同意，标题、正文或照片说明里还写着本人，请先去掉。")
        )
    for number, evidence in enumerate(
        story.evidence.select_related("file").order_by("pk"), start=1
    ):
        if words := evidence.missing_words:
            raise StoryRefused(
                _("第 %(number)d 个照片或文件的说明不完整，还缺：%(words)s。")
                % {"number": number, "words": "、".join(words)}
            )


def _names_who_took_back(story: Story) -> bool:
    """Whether it still says the name of somebody whose consent is withdrawn.

    Fewer people shown, or somebody else's consent, does not make up for that.
    """
    live, withdrawn = set(), set()
    for consent in story.consents.all():
        (live if consent.is_live else withdrawn).add(normalize_name(consent.subject))
    captions = story.evidence.values_list("people", "purpose", "explanation")
    said = [story.title, story.text, *(text for row in captions for text in row)]
    said = [normalize_name(text) for text in said]
    return any(name in text for name in withdrawn - live for text in said)


@retried_atomic
def publish_story(*, story: Story, by: User, now: datetime) -> Story:
    """Show a story handed in to everyone; who wrote it is told.

    Looks at the consents once more under the lock. Raises StoryRefused as submitting
    does, and to who handed it in.
    """
    story = locked_thing(story)
    _check_judge(story, by)
    check_complete(story)
    story.move_to(State.PUBLISHED, by=by, published_at=now)
    notices.story_published(story, by_id=by.pk)
    return story


@retried_atomic
def return_story(*, story: Story, reason: str, by: User) -> Story:
    """Send a story back with what is to be mended; who wrote it is told.

    Raises StoryRefused without a reason, with one that names somebody shown, and to
    who handed it in.
    """
    story = locked_thing(story)
    _check_judge(story, by)
    reason = _reason(story, reason)
    story.move_to(State.RETURNED, by=by, reason=reason)
    notices.story_returned(story, reason=reason, by_id=by.pk)
    return story


def _check_judge(story: Story, by: User) -> None:
    if story.state != State.SUBMITTED:
        raise StoryRefused(_("该故事已不在待审核状态，请刷新页面。"))
    is_own = by.pk in {story.submitted_by_id, story.created_by_id}
    if is_own or audit.was_done_by(story, "campaigns.story_submitted", by):
        raise StoryRefused(_("不能审核自己提交的故事。"))


@retried_atomic
def hide_story(*, story: Story, reason: str, by: User) -> Story:
    """Take a published story out of sight; it may be mended and handed in again.

    Raises StoryRefused as returning does.
    """
    story = locked_thing(story)
    reason = _reason(story, reason)
    story.move_to(State.HIDDEN, by=by, reason=reason)
    notices.story_taken_down(story, reason=reason, by_id=by.pk)
    return story


@retried_atomic
def withdraw_story(*, story: Story, reason: str, by: User) -> Story:
    """Withdraw a story for good; the record stays, nobody reads it any more.

    Raises StoryRefused as returning does.
    """
    story = locked_thing(story)
    reason = _reason(story, reason)
    story.move_to(State.WITHDRAWN, by=by, reason=reason)
    notices.story_taken_down(story, reason=reason, by_id=by.pk)
    return story


def _reason(story: Story, reason: str) -> str:
    """The reason for the audit log and the message: it names nobody shown."""
    reason = reason.strip()
    if not reason:
        raise StoryRefused(_("请写明理由。"))
    said = normalize_name(reason)
    for subject in story.consents.values_list("subject", flat=True):
        if normalize_name(subject) in said:
            raise StoryRefused(_("理由会记入日志，请不要写出现者的称呼。"))
    return reason
