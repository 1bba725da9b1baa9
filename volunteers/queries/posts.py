"""Reads of the posts inside a shift."""

from dataclasses import dataclass

from volunteers.models import Shift, ShiftPost, Volunteer
from volunteers.rules import SignupRefused, posts_refusal


@dataclass(frozen=True)
class PostChoice:
    """One post as a person choosing sees it; `refusal` says why it is not for them."""

    post: ShiftPost
    refusal: SignupRefused | None


def post_choices(shift: Shift, volunteer: Volunteer | None) -> list[PostChoice]:
    """The shift's posts for a person, or for anybody when there is none."""
    posts = list(shift.posts.select_related("skill"))
    skills: set[int | None] = {post.skill_id for post in posts}
    if volunteer is not None and skills - {None}:
        own = volunteer.skills.filter(pk__in=skills - {None}) if volunteer.pk else ()
        skills = {skill.pk for skill in own}
    return [
        PostChoice(post, posts_refusal(shift, [post], skills=skills)) for post in posts
    ]


def refusal_of_posts(choices: list[PostChoice]) -> SignupRefused | None:
    """Why no post is for the person, or None; a shift may have no posts."""
    refusals = [choice.refusal for choice in choices]
    return None if None in refusals else next(iter(refusals), None)
