"""Uploaded files of registers that nobody confirmed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.actions.uploads import empty_forgotten_uploads
from communities.models import PairingImport, RegisterImport
from core.models import AuditEntry

pytestmark = pytest.mark.django_db
ROWS = [[2, ["示例支部", "13800001234"]]]


def uploaded(model, user, *, days, **values):
    if model is PairingImport:
        values |= {"number": "示例〔2026〕1号", "starts_on": timezone.localdate()}
    else:
        values |= {"kind": "organizations"}
    row = model.objects.create(
        file_name="示例.xlsx", rows=ROWS, uploaded_by=user, **values
    )
    moment = timezone.now() - timedelta(days=days)
    model.objects.filter(pk=row.pk).update(uploaded_at=moment)
    return row


@pytest.mark.parametrize("model", [PairingImport, RegisterImport])
def test_empty_forgotten_uploads_takes_old_unconfirmed_ones_once(
    model, committee_official
):
    old = uploaded(model, committee_official, days=9)
    young = uploaded(model, committee_official, days=7)
    written = uploaded(model, committee_official, days=9, confirmed_at=timezone.now())

    counts = [empty_forgotten_uploads(now=timezone.now()) for _time in range(2)]

    assert counts == [1, 0]
    held = dict(model.objects.values_list("pk", "rows"))
    assert held == {old.pk: [], young.pk: ROWS, written.pk: ROWS}
    assert AuditEntry.objects.filter(verb__endswith="_import_emptied").count() == 1


@pytest.mark.parametrize("model", [PairingImport, RegisterImport])
def test_upload_is_shown_for_a_week_unless_confirmed(model, committee_official):
    uploaded(model, committee_official, days=8)
    young = uploaded(model, committee_official, days=6)
    written = uploaded(model, committee_official, days=8, confirmed_at=timezone.now())

    assert set(model.objects.visible_to(committee_official)) == {young, written}
