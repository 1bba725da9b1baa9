"""The page of a person's large files."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import exports
from accounts.exports import run_due_exports
from core.models import AuditEntry
from tests.accounts.export_makers import ExampleMaker, RefusingMaker, register
from tests.factories.accounts import UserFactory
from tests.factories.exports import ExportJobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(settings, tmp_path, monkeypatch):
    """A job whose file is there."""
    settings.MEDIA_ROOT = tmp_path
    register(monkeypatch, ExampleMaker())
    job = ExportJobFactory()
    run_due_exports(now=timezone.now())
    job.refresh_from_db()
    return job


def test_export_download_gives_the_file_to_its_owner(finished, signed_in):
    response = signed_in(finished.owner).get(f"/exports/{finished.pk}/")

    assert b"".join(response) == b"aaa"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Cache-Control"] == "private, no-store"
    assert AuditEntry.objects.filter(verb="accounts.export_job_downloaded").exists()


def test_export_download_of_another_person_is_not_found(finished, signed_in):
    response = signed_in(UserFactory()).get(f"/exports/{finished.pk}/")

    assert response.status_code == 404


def test_export_download_after_the_right_ended_is_refused(
    finished, signed_in, monkeypatch
):
    register(monkeypatch, RefusingMaker())

    response = signed_in(finished.owner).get(f"/exports/{finished.pk}/")

    assert response.status_code == 403
    downloads = AuditEntry.objects.filter(verb="accounts.export_job_downloaded")
    assert not downloads.exists()


def test_export_download_of_an_expired_file_is_not_found(finished, signed_in):
    exports.expire_exports(timezone.now() + timedelta(days=30))

    response = signed_in(finished.owner).get(f"/exports/{finished.pk}/")

    assert response.status_code == 404


def test_export_list_renews_itself_only_while_something_moves(finished, signed_in):
    client = signed_in(finished.owner)

    still = client.get("/exports/").content.decode()
    ExportJobFactory(owner=finished.owner, state="running", done=1, total=4)
    moving = client.get("/exports/").content.decode()

    assert "every 2s" not in still
    assert "every 2s" in moving
    assert "已处理 1 / 4" in moving


def test_export_list_answers_htmx_with_the_rows_alone(finished, signed_in):
    response = signed_in(finished.owner).get(
        "/exports/", headers={"HX-Request": "true"}
    )

    assert "<html" not in response.content.decode()
    assert "示例导出" in response.content.decode()


def test_export_list_shows_only_ones_own(finished, signed_in):
    response = signed_in(UserFactory()).get("/exports/")

    assert "还没有导出" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_export_list_asks_as_often_for_more_rows(
    count, signed_in, django_assert_num_queries
):
    owner = UserFactory()
    ExportJobFactory.create_batch(count, owner=owner, state="done")
    client = signed_in(owner)
    client.get("/exports/")

    with django_assert_num_queries(6):
        client.get("/exports/")


def test_export_cancel_cancels_a_waiting_one(signed_in):
    job = ExportJobFactory()

    response = signed_in(job.owner).post(f"/exports/{job.pk}/cancel/")

    job.refresh_from_db()
    assert (response.status_code, job.state) == (302, "cancelled")


def test_export_cancel_of_another_person_is_not_found(signed_in):
    job = ExportJobFactory()

    response = signed_in(UserFactory()).post(f"/exports/{job.pk}/cancel/")

    job.refresh_from_db()
    assert (response.status_code, job.state) == (404, "queued")


def test_export_cancel_of_a_finished_one_says_so(signed_in):
    job = ExportJobFactory(state="done")

    response = signed_in(job.owner).post(f"/exports/{job.pk}/cancel/", follow=True)

    assert "当前状态为“已完成”" in response.content.decode()
