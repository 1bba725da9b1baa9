"""Without its line in the audit log nothing is done."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from communities.models import Membership
from tests.admin.pages import admin_url
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken_log():
    """The database refuses every line of the log."""

    def refuse(execute, sql, *rest):
        if sql.startswith('INSERT INTO "core_auditentry"'):
            raise DatabaseError("refused")
        return execute(sql, *rest)

    return connection.execute_wrapper(refuse)


def test_move_of_a_state_is_undone_without_its_line(broken_log):
    activity = ActivityFactory()
    before = activity.state

    with pytest.raises(DatabaseError), broken_log, transaction.atomic():
        activity.move_to("submitted", by=None)

    activity.refresh_from_db()
    assert activity.state == before


def test_command_is_undone_without_its_line(broken_log):
    person = UserFactory()

    with pytest.raises(DatabaseError), broken_log:
        call_command("grant_role", person.username, "office")

    assert not Membership.objects.filter(user=person).exists()


def test_save_in_the_admin_site_is_undone_without_its_line(broken_log, client_of):
    office, person = client_of("office"), UserFactory()
    data = {"user": person.pk, "role": "auditor", "starts_on": "2026-01-01"}

    with pytest.raises(DatabaseError), broken_log:
        office.post(admin_url("communities.Membership", "add"), data)

    assert not Membership.objects.filter(user=person).exists()
