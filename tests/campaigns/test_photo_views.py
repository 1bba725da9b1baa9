"""Photos through the pages: who sees them, who adds and removes them."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage
from django.urls import reverse

from campaigns.models import Activity, Evidence
from core.uploads import save_private
from tests.factories.campaigns import (
    ActivityFactory,
    EvidenceFactory,
    PastActivityFactory,
)
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.files import jpeg_with_private_data, picture, upload

pytestmark = pytest.mark.django_db
State = Activity.State
CONTENT = picture(color="red")


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Files of one test alone."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(signed_in, unit_official):
    """A client signed in for the organisation."""
    return signed_in(unit_official)


def photo_of(**activity_values):
    return EvidenceFactory(
        activity=PastActivityFactory(**activity_values),
        file__path=save_private(CONTENT, "evidence", "jpg"),
    )


def stored_files(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def body(response):
    """The whole answer; taking it also closes the file."""
    return b"".join(response)


def statuses(url, *clients):
    found = []
    for client in clients:
        response = client.get(url)
        found.append(response.status_code)
        body(response)
    return found


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


WORDS = {
    "photo_people": "示例支部党员",
    "photo_taken_on": "2026-05-03",
    "photo_place": "示例广场",
    "photo_purpose": "示例事由",
}


def add(client, activity, *contents, headers=None, **changes):
    files = [upload(content) for content in contents]
    url = reverse("campaigns:evidence_add", args=["activities", activity.pk])
    return client.post(url, {"photos": files, **WORDS, **changes}, headers=headers)


def test_photo_of_an_approved_public_activity_is_open_to_all(client):
    evidence = photo_of(state=State.APPROVED)

    response = client.get(evidence.url)

    assert (response.status_code, body(response)) == (200, CONTENT)
    names = ["Content-Type", "X-Content-Type-Options", "Cache-Control"]
    assert [response[name] for name in names] == [
        "image/jpeg",
        "nosniff",
        "private, max-age=3600",
    ]


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED])
def test_photo_of_an_activity_not_approved_is_404_to_others(
    state, client, signed_in, stranger, desk, organization
):
    evidence = photo_of(state=state, organization=organization)
    other = MembershipFactory(role="unit", organization=OrganizationFactory()).user

    found = statuses(evidence.url, client, signed_in(stranger), signed_in(other), desk)

    assert found == [404, 404, 404, 200]


def test_photo_of_an_approved_activity_not_public_is_404_to_others(
    client, signed_in, office_official
):
    evidence = photo_of(state=State.APPROVED, is_public=False)

    found = statuses(evidence.url, client, signed_in(office_official))

    assert found == [404, 200]


def test_photo_whose_file_is_gone_is_404(client):
    evidence = photo_of(state=State.APPROVED)
    default_storage.delete(evidence.file.path)

    assert client.get(evidence.url).status_code == 404


def test_photo_is_not_served_by_its_file_name(client):
    evidence = photo_of(state=State.APPROVED)

    paths = [
        f"/media/{evidence.file.path}",
        f"/{evidence.file.path}",
        f"/static/{evidence.file.path}",
    ]

    assert [client.get(path).status_code for path in paths] == [404] * 3


def test_photo_add_keeps_the_photo_without_private_data(desk, organization):
    activity = ActivityFactory(organization=organization)

    response = add(desk, activity, jpeg_with_private_data())

    assert said(response) == ["照片已保存。"]
    [evidence] = Evidence.objects.all()
    kept = body(desk.get(evidence.url))
    secrets = [b"SecretCamera", b"SecretComment", b"SecretXmp", b"Exif"]
    assert [secret in kept for secret in secrets] == [False] * 4


@pytest.mark.parametrize(
    ("contents", "changes", "field"),
    [
        pytest.param([], {}, "photos", id="no photo"),
        pytest.param([CONTENT], {"photo_people": ""}, "photo_people", id="nobody"),
        pytest.param([CONTENT], {"photo_place": ""}, "photo_place", id="nowhere"),
        pytest.param([CONTENT], {"photo_taken_on": ""}, "photo_taken_on", id="never"),
        pytest.param([CONTENT], {"photo_purpose": ""}, "photo_purpose", id="no aim"),
        pytest.param(
            [CONTENT], {"photo_people": "张三13812345678"}, "photo_people", id="phone"
        ),
        pytest.param(
            [CONTENT], {"photo_explanation": "长" * 501}, "photo_explanation", id="long"
        ),
        pytest.param([b"GIF89a"], {}, "photos", id="no photo at all"),
        pytest.param([CONTENT, b""], {}, "photos", id="one is empty"),
    ],
)
def test_photo_add_names_the_field_in_error(
    contents, changes, field, desk, organization, tmp_path
):
    activity = ActivityFactory(organization=organization)

    response = add(desk, activity, *contents, **changes)

    form = response.context["evidence_form"]
    assert (response.status_code, list(form.errors)) == (422, [field])
    assert (Evidence.objects.count(), stored_files(tmp_path)) == (0, [])


def test_photo_add_beyond_nine_keeps_none_of_them(desk, organization, tmp_path):
    activity = ActivityFactory(organization=organization)
    EvidenceFactory.create_batch(8, activity=activity)

    response = add(desk, activity, CONTENT, picture(color="blue"))

    assert response.status_code == 422
    assert "每条记录最多 9 个照片和文件。" in response.content.decode()
    assert (activity.evidence.count(), stored_files(tmp_path)) == (8, [])


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.CANCELLED])
def test_photo_add_to_a_closed_activity_is_403(state, desk, organization):
    activity = ActivityFactory(organization=organization, state=state)

    assert add(desk, activity, CONTENT).status_code == 403


def test_photo_remove_takes_it_away(
    desk, organization, django_capture_on_commit_callbacks
):
    evidence = photo_of(organization=organization)
    url = reverse("campaigns:evidence_remove", args=[evidence.pk])

    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(url)

    assert said(response) == ["已移除。"]
    assert Evidence.objects.count() == 0
    assert not default_storage.exists(evidence.file.path)


@pytest.mark.parametrize(
    ("state", "status"), [(State.DRAFT, 404), (State.APPROVED, 403)]
)
def test_photo_remove_is_closed_to_others(state, status, signed_in, stranger):
    evidence = photo_of(state=state)
    url = reverse("campaigns:evidence_remove", args=[evidence.pk])

    assert signed_in(stranger).post(url).status_code == status

    assert Evidence.objects.count() == 1


def test_photo_remove_takes_no_get(desk, organization):
    evidence = photo_of(organization=organization)
    url = reverse("campaigns:evidence_remove", args=[evidence.pk])

    assert desk.get(url).status_code == 405
