"""Actions that are tried once more after a deadlock."""

import pytest
from django.db import OperationalError, transaction

from accounts.models import User
from core.transactions import DEADLOCK, SERIALIZATION_FAILURE, retried_atomic
from tests.factories.accounts import UserFactory

OTHER = "57014"  # statement timeout


class PostgresError(Exception):
    def __init__(self, code):
        self.pgcode = code


def failing(*codes):
    """An action that makes a person, then fails with each code in turn."""
    left = list(codes)

    @retried_atomic
    def action():
        UserFactory()
        if left:
            raise OperationalError from PostgresError(left.pop(0))
        return "done"

    return action


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", [DEADLOCK, SERIALIZATION_FAILURE])
def test_retried_action_after_a_conflict_is_done_once(code):
    assert failing(code)() == "done"
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "codes", [[OTHER], [DEADLOCK, DEADLOCK]], ids=["another error", "twice"]
)
def test_retried_action_that_cannot_succeed_raises_and_leaves_nothing(codes):
    with pytest.raises(OperationalError):
        failing(*codes)()
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_retried_action_inside_a_transaction_is_not_tried_again():
    with pytest.raises(OperationalError), transaction.atomic():
        failing(DEADLOCK)()
    assert not User.objects.exists()
