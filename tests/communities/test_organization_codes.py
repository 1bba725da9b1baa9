"""The codes given to new organisations."""

import pytest

from communities.actions import next_organization_code
from tests.factories.communities import WorkingCommitteeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("held", "following"),
    [
        ([], "XC0001"),
        (["XC0009", "XC0002"], "XC0010"),
        (["XC9999", "XC10000"], "XC10001"),
        (["OLD-7"], "XC0001"),
    ],
    ids=["first", "next", "five digits", "codes of others"],
)
def test_next_organization_code_follows_the_highest(held, following):
    for code in held:
        WorkingCommitteeFactory(code=code)

    assert next_organization_code() == following
