"""Search over several tables finds what the admin site's own would, and cheaply."""

import pytest
from django.contrib.admin import ModelAdmin, site

from core import search
from core.search import found_by
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Signup

FIELDS = (
    "=state",
    "volunteer__user__display_name",
    "shift__title",
    "shift__activity__title",
)
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def signup():
    shift = ShiftFactory(
        title="入口引导", activity=ActivityFactory(title="周末清洁家园")
    )
    person = VolunteerFactory(user=UserFactory(display_name="示例甲"))
    SignupFactory(shift=shift)
    SignupFactory(volunteer=person)
    return SignupFactory(shift=shift, volunteer=person)


@pytest.mark.parametrize("most", [1000, 0], ids=["by keys", "by a question"])
@pytest.mark.parametrize(
    ("term", "count"),
    [
        ("示例甲", 2),
        ("清洁", 2),
        ("示例甲 清洁", 1),
        ("示例甲 引导 家园", 1),
        ("没有这个词", 0),
        ("'示例甲 清洁'", 0),
        ("confirmed", 3),
        ("confirm", 0),
    ],
)
def test_search_finds_rows_with_every_word_as_the_joins_do(
    term, count, most, signup, monkeypatch
):
    monkeypatch.setattr(search, "MOST_KEYS", most)
    joined = ModelAdmin(Signup, site)
    joined.search_fields = FIELDS

    found = found_by(Signup.objects.all(), FIELDS, term)

    theirs, _may_repeat = joined.get_search_results(None, Signup.objects.all(), term)
    assert set(found) == set(theirs)
    assert found.count() == count


@pytest.mark.usefixtures("signup")
def test_search_joins_no_table(django_assert_max_num_queries):
    with django_assert_max_num_queries(6) as asked:
        list(found_by(Signup.objects.order_by(), FIELDS, "示例甲"))

    assert not [row["sql"] for row in asked.captured_queries if " JOIN " in row["sql"]]
