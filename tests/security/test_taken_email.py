"""An address belongs to one account."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["taken@example.invalid", "Taken@Example.invalid"])
def test_address_of_another_account_is_not_added(signed_in, written):
    UserFactory(email="taken@example.invalid")
    person = UserFactory(email="own@example.invalid")

    response = signed_in(person).post(
        reverse("account_email"), {"action_add": "", "email": written}
    )

    assert "email" in response.context["form"].errors
    assert not EmailAddress.objects.filter(email__iexact=written).exists()


def test_free_address_is_added(signed_in):
    person = UserFactory(email="own@example.invalid")

    signed_in(person).post(
        reverse("account_email"), {"action_add": "", "email": "new@example.invalid"}
    )

    assert EmailAddress.objects.filter(
        user=person, email="new@example.invalid"
    ).exists()
