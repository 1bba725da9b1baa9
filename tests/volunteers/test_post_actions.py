"""Posts of a shift: adding, changing, and their places."""

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.organising import ShiftPostFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.volunteers.counts import counts_of
from volunteers.actions import ShiftRefused, save_posts, sign_up, update_shift
from volunteers.actions.capacity import CapacityRefused
from volunteers.models import Shift, ShiftPost, Signup
from volunteers.rules import SignupRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift():
    """A shift of four places in two posts of two."""
    shift = ShiftFactory(capacity=4)
    ShiftPostFactory(shift=shift, title="测温")
    ShiftPostFactory(shift=shift, title="登记")
    return shift


def save(shift, *rows, **choice):
    return save_posts(
        shift=shift, rows=rows, by=UserFactory(), now=timezone.now(), **choice
    )


def fill(post, count=2):
    signups = SignupFactory.create_batch(count, shift=post.shift, post=post)
    post.taken = count
    post.save()
    return signups


def test_save_posts_makes_the_capacity_their_sum():
    shift = ShiftFactory(capacity=50)

    save(
        shift,
        {"post": None, "title": "测温", "skill": None, "capacity": 3},
        {"post": None, "title": "登记", "skill": None, "capacity": 4},
    )

    assert Shift.objects.get().capacity == 7
    assert [str(post) for post in shift.posts.all()] == ["测温", "登记"]


def test_save_posts_of_a_shift_with_signups_without_posts_is_refused():
    shift = ShiftFactory()
    SignupFactory(shift=shift)

    with pytest.raises(ShiftRefused, match="不分岗位报名"):
        save(shift, {"post": None, "title": "测温", "skill": None, "capacity": 3})


def test_save_posts_below_the_places_taken_asks_who_gives_way(shift):
    post, other = shift.posts.all()
    fill(post), fill(other)

    with pytest.raises(CapacityRefused, match="岗位“测温”.*需让出 1 个名额") as refused:
        save(shift, {"post": post, "capacity": 1})

    assert refused.value.post == post


def test_save_posts_moves_people_of_that_post_alone(shift):
    post, other = shift.posts.all()
    [first, second], others = fill(post), fill(other)

    save(shift, {"post": post, "capacity": 1}, moved=[second.pk])

    post.refresh_from_db()
    assert (post.taken, post.capacity) == (1, 1)
    assert counts_of(shift) == {"taken": 3, "waiting": 1}
    assert list(shift.signups.waitlisted()) == [second]
    assert set(shift.signups.confirmed()) == {first, *others}
    with pytest.raises(CapacityRefused, match="名单刚刚有变化"):
        save(shift, {"post": post, "capacity": 0}, moved=[others[0].pk])


def test_save_posts_with_more_places_offers_them_on(shift):
    post, _other = shift.posts.all()
    fill(post)
    shift.refresh_from_db()
    waiting = SignupFactory(shift=shift, post=post, state=Signup.State.WAITLISTED)

    save(shift, {"post": post, "capacity": 3})

    waiting.refresh_from_db()
    assert (waiting.state, Shift.objects.get().capacity) == ("offered", 5)


def test_save_posts_named_twice_is_refused(shift):
    with pytest.raises(ShiftRefused, match="不能重名"):
        save(shift, {"post": shift.posts.last(), "title": "测温"})


def test_save_posts_that_leave_no_place_is_refused(shift):
    rows = [{"post": post, "capacity": 0} for post in shift.posts.all()]

    with pytest.raises(ShiftRefused, match="名额至少为 1"):
        save(shift, *rows)

    assert ShiftPost.objects.filter(capacity=2).count() == 2


def test_update_shift_leaves_the_capacity_to_the_posts(shift):
    with pytest.raises(ShiftRefused, match="分岗位招募"):
        update_shift(
            shift=shift, values={"capacity": 9}, by=UserFactory(), now=timezone.now()
        )


def test_a_post_without_places_takes_nobody_even_to_wait(shift):
    post = shift.posts.first()
    save(shift, {"post": post, "capacity": 0})

    with pytest.raises(SignupRefused, match="不再招募"):
        sign_up(
            shift=shift, post=post, volunteer=VolunteerFactory(), now=timezone.now()
        )
