"""Posts inside a shift, each with places of its own."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.capacity import ShiftRefused, make_room
from volunteers.actions.locks import lock_shift
from volunteers.actions.shifts import check_changeable
from volunteers.actions.waitlist import offer_places, save_counts
from volunteers.models import Shift, ShiftPost

MOST_POSTS = 20


@retried_atomic
def save_posts(
    *,
    shift: Shift,
    rows: Sequence[Mapping[str, object]],
    by: User,
    now: datetime,
    moved: Collection[int] = (),
    moves_latest: bool = False,
) -> list[ShiftPost]:
    """Add posts and change some; the shift's capacity becomes their sum.

    A row holds `post` (None for a new one) and of `title`, `skill` and `capacity`
    what is new. A post of capacity 0 takes nobody any more. Below the places taken
    the rules of `update_shift` hold, among the post's people. Returns all posts.
    Raises CapacityRefused, or ShiftRefused when people have signed up without a post,
    a name is there twice, or the shift has started.
    """
    shift = lock_shift(shift.pk)
    check_changeable(shift, now=now)
    held = {post.pk: post for post in shift.posts.select_for_update(of=("self",))}
    if not held and (shift.taken or shift.waiting):
        raise ShiftRefused(_("已有人不分岗位报名，不能再分岗位。"))
    if len(held) + sum(row["post"] is None for row in rows) > MOST_POSTS:
        raise ShiftRefused(_("一个班次最多 %(most)d 个岗位。") % {"most": MOST_POSTS})
    for row in rows:
        post = ShiftPost(shift=shift) if row["post"] is None else held[row["post"].pk]
        values = {name: value for name, value in row.items() if name != "post"}
        if post.pk and values.get("capacity", post.capacity) < post.taken:
            make_room(
                shift,
                post,
                values["capacity"],
                moved=moved,
                moves_latest=moves_latest,
                by=by,
                now=now,
            )
            post.refresh_from_db(fields=["taken"])
        _save(post, values, by=by)
    posts = list(shift.posts.all())
    shift.capacity = sum(post.capacity for post in posts)
    if shift.capacity < 1:
        raise ShiftRefused(_("名额至少为 1。"))
    shift.save()
    offer_places(shift, now=now)
    save_counts(shift)
    return posts


def _save(post: ShiftPost, values: Mapping[str, object], *, by: User) -> None:
    verb = "changed" if post.pk else "created"
    for name, value in values.items():
        setattr(post, name, value)
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        raise ShiftRefused(_("同一班次的岗位不能重名。")) from error
    audit.record(
        f"volunteers.shift_post_{verb}", target=post, by=by, fields=sorted(values)
    )
