"""Evidence through the pages: progress, words, documents, links, duplicates."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from campaigns.models import Activity, Evidence, EvidenceFile
from core.uploads import save_private
from tests.factories.campaigns import ActivityFactory, EvidenceFactory
from tests.factories.communities import MembershipFactory
from tests.factories.evidence import DocumentFileFactory, HonorFactory, StoryFactory
from tests.files import picture, upload
from tests.pdfs import pdf

pytestmark = pytest.mark.django_db
State = Activity.State
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
HTMX = {"HX-Request": "true"}
WORDS = {
    "photo_people": "示例支部党员",
    "photo_taken_on": "2026-05-03",
    "photo_place": "示例广场",
    "photo_purpose": "示例事由",
}


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Files of one test alone."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(signed_in, unit_official):
    """A client signed in for the organisation."""
    return signed_in(unit_official)


@pytest.fixture
def activity(organization):
    """A draft of the organisation."""
    return ActivityFactory(organization=organization)


def url_of(name, *arguments):
    return reverse(f"campaigns:{name}", args=arguments)


def url_for(name, target):
    kind = {"Activity": "activities", "Honor": "honors", "Story": "stories"}
    return url_of(name, kind[type(target).__name__], target.pk)


def send(client, target, *colors, headers=None, **changes):
    photos = [upload(picture(color=color), f"{color}.jpg") for color in colors]
    body = {"photos": photos, **WORDS, **changes}
    return client.post(url_for("evidence_add", target), body, headers=headers)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_form_starts_with_the_words_of_the_activity_but_nobody(desk, activity):
    response = desk.get(activity.get_absolute_url())

    form = response.context["evidence_form"]
    assert [form[f"photo_{name}"].value() for name in ("people", "place")] == [
        "",
        activity.place,
    ]


def test_photo_sent_by_script_is_answered_in_json(desk, activity):
    response = send(desk, activity, "red", headers=SCRIPT)

    assert (response.status_code, response.json()) == (200, {"notices": []})
    assert activity.evidence.get().people == "示例支部党员"


def test_photo_sent_by_script_again_is_kept_once_and_said(desk, activity):
    send(desk, activity, "red", headers=SCRIPT)

    response = send(desk, activity, "red", headers=SCRIPT)

    assert response.json() == {"notices": ["这个文件已在记录中，没有重复保存。"]}
    assert activity.evidence.count() == 1


def test_photo_refused_by_script_says_why_beside_its_name(desk, activity):
    bad = upload(b"MZ\x90", "病毒.jpg")

    response = send(desk, activity, headers=SCRIPT, photos=[bad])

    assert response.status_code == 422
    assert response.json() == {
        "error": "“病毒.jpg”未被接受：只接受 JPEG、PNG 或 WebP 照片。"
    }


def test_photo_sent_by_script_without_words_names_the_field(desk, activity):
    response = send(desk, activity, "red", headers=SCRIPT, photo_people="")

    assert response.status_code == 422
    assert response.json()["error"].startswith("照片中的人物：")


def test_photo_of_a_full_record_is_refused_by_script(desk, activity):
    EvidenceFactory.create_batch(9, activity=activity)

    response = send(desk, activity, "red", headers=SCRIPT)

    assert response.json() == {"error": "每条记录最多 9 个照片和文件。"}


def test_list_is_renewed_as_a_fragment_that_tells_the_room(desk, activity):
    EvidenceFactory.create_batch(2, activity=activity)

    response = desk.get(url_for("evidence_add", activity), headers=HTMX)

    page = response.content.decode()
    assert ("<html" in page, 'data-room="7"' in page) == (False, True)


@pytest.mark.parametrize(
    ("is_own", "words"),
    [
        pytest.param(True, "这张照片已用于“义务植树”（", id="own"),
        pytest.param(False, "这张照片已用于其他记录", id="out of sight"),
    ],
)
def test_photo_used_already_is_kept_with_a_warning(
    is_own, words, desk, activity, organization, signed_in
):
    other = ActivityFactory(title="义务植树")
    if is_own:
        Activity.objects.filter(pk=other.pk).update(organization=organization)
        other.refresh_from_db()
    member = MembershipFactory(role="unit", organization=other.organization).user
    send(signed_in(member), other, "red")

    response = send(desk, activity, "red")

    assert said(response)[0].startswith(words)
    assert (EvidenceFile.objects.count(), activity.evidence.count()) == (1, 1)


@pytest.mark.parametrize("role", ["unit", "office"])
def test_recorder_and_reviewer_see_the_marks(role, signed_in, organization):
    activity = ActivityFactory(organization=organization, state=State.RETURNED)
    photo = EvidenceFactory(activity=activity, people="")
    EvidenceFactory(file=photo.file)
    values = {"organization": organization} if role == "unit" else {}
    client = signed_in(MembershipFactory(role=role, **values).user)

    page = client.get(activity.get_absolute_url()).content.decode()

    assert ("缺：人物" in page, "也用于" in page) == (True, True)


def test_public_sees_no_marks(client):
    photo = EvidenceFactory(activity__state=State.APPROVED, people="")
    EvidenceFactory(file=photo.file)

    page = client.get(photo.activity.get_absolute_url()).content.decode()

    assert (photo.small_url in page, "缺：" in page, "也用于" in page) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_panel_takes_the_same_queries_for_any_number(
    count, desk, activity, django_assert_num_queries
):
    for row in EvidenceFactory.create_batch(count, activity=activity):
        EvidenceFactory(file=row.file, activity__title="另一个")
    desk.get(url_for("evidence_add", activity))

    with django_assert_num_queries(9):
        desk.get(url_for("evidence_add", activity))


# Words --------------------------------------------------------------------


def test_words_are_written_anew_in_place(desk, activity):
    photo = EvidenceFactory(activity=activity)

    response = desk.post(url_of("evidence_describe", photo.pk), WORDS, headers=HTMX)

    page = response.content.decode()
    assert ("<html" in page, f'id="evidence-{photo.pk}"' in page) == (False, True)
    assert "2026年5月3日（周日），示例广场，示例支部党员，示例事由" in page


def test_words_are_written_anew_without_scripts(desk, activity):
    photo = EvidenceFactory(activity=activity)

    response = desk.post(url_of("evidence_describe", photo.pk), WORDS)

    assert (response.url, said(response)) == (
        activity.get_absolute_url(),
        ["说明已保存。"],
    )


@pytest.mark.parametrize("headers", [None, HTMX], ids=["page", "in place"])
def test_words_that_lack_someone_are_refused(headers, desk, activity):
    photo = EvidenceFactory(activity=activity)

    response = desk.post(
        url_of("evidence_describe", photo.pk),
        {**WORDS, "photo_people": ""},
        headers=headers,
    )

    assert response.status_code == 422
    assert list(response.context["words_form"].errors) == ["photo_people"]


def test_words_of_a_document_only_say_what_it_is(desk, activity):
    document = EvidenceFactory(
        activity=activity, file=DocumentFileFactory(), people="", taken_on=None
    )

    desk.post(url_of("evidence_describe", document.pk), {"photo_purpose": "签到表"})

    document.refresh_from_db()
    assert (document.purpose, document.missing_words) == ("签到表", [])


# Documents ----------------------------------------------------------------


def attach(client, target, content, name="通知.pdf", purpose="会议通知"):
    body = {"file": upload(content, name), "purpose": purpose}
    return client.post(url_for("document_add", target), body)


def test_document_is_kept_and_listed_with_name_and_size(desk, activity):
    attach(desk, activity, pdf())

    page = desk.get(activity.get_absolute_url()).content.decode()
    assert ("会议通知" in page, "通知.pdf" in page) == (True, True)


def test_document_is_served_to_be_saved(desk, activity):
    attach(desk, activity, pdf())

    response = desk.get(activity.evidence.get().url)

    names = ["X-Content-Type-Options", "Cache-Control", "Content-Type"]
    assert b"".join(response) == pdf()
    assert [response[name] for name in names] == [
        "nosniff",
        "private, no-store",
        "application/pdf",
    ]
    assert response["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("target", ["activity", "story"])
def test_document_of_a_public_record_is_not_public(target, client, signed_in, stranger):
    values = {"activity": ActivityFactory(state=State.APPROVED)}
    if target == "story":
        values = {"activity": None, "story": StoryFactory(state="published")}
    path = save_private(pdf(), "evidence", "pdf")
    document = EvidenceFactory(file=DocumentFileFactory(path=path), **values)

    clients = [client, signed_in(stranger)]

    assert [one.get(document.url).status_code for one in clients] == [404, 404]


def test_document_is_not_served_as_a_photo(desk, activity):
    document = EvidenceFactory(activity=activity, file=DocumentFileFactory())

    urls = [url_of(name, document.pk) for name in ("photo", "photo_small")]

    assert [desk.get(url).status_code for url in urls] == [404, 404]


@pytest.mark.parametrize(
    ("content", "purpose", "field"),
    [
        pytest.param(b"<html>", "通知", "file", id="no document"),
        pytest.param(pdf(), "", "purpose", id="says not what"),
        pytest.param(pdf(), "电话13812345678", "purpose", id="phone"),
    ],
)
def test_document_add_names_the_field_in_error(content, purpose, field, desk, activity):
    response = attach(desk, activity, content, purpose=purpose)

    assert response.status_code == 422
    assert list(response.context["document_form"].errors) == [field]


# Small photos -------------------------------------------------------------


def kept_photo(**values):
    return EvidenceFactory(
        file__path=save_private(picture(color="red"), "evidence", "jpg"),
        activity__state=State.APPROVED,
        **values,
    )


def test_small_photo_is_the_small_file(client):
    small = picture(color="blue")
    photo = kept_photo(file__small_path=save_private(small, "evidence", "jpg"))

    assert b"".join(client.get(photo.small_url)) == small


def test_small_photo_of_old_days_is_the_whole(client):
    assert b"".join(client.get(kept_photo().small_url)) == picture(color="red")


@pytest.mark.parametrize("name", ["url", "small_url"])
def test_photo_the_reader_holds_is_not_sent_again(name, client):
    photo = kept_photo()
    first = client.get(getattr(photo, name))
    b"".join(first)

    again = client.get(getattr(photo, name), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, max-age=3600"


def test_photo_the_reader_holds_is_404_once_hidden(client):
    photo = kept_photo()
    etag = f'"{photo.file.sha256}"'
    Activity.objects.filter(pk=photo.activity_id).update(is_public=False)

    response = client.get(photo.url, headers={"If-None-Match": etag})

    assert response.status_code == 404


# Links --------------------------------------------------------------------


def test_pick_offers_photos_not_linked_yet(desk, activity, organization):
    EvidenceFactory(activity=activity)
    free = EvidenceFactory(activity__organization=organization)

    response = desk.get(url_for("evidence_pick", activity))

    assert list(response.context["page"]) == [free]


def test_pick_links_the_chosen_photos(desk, activity, organization):
    chosen = EvidenceFactory.create_batch(2, activity__organization=organization)
    numbers = [row.pk for row in chosen]

    response = desk.post(url_for("evidence_pick", activity), {"evidence": numbers})

    assert (response.url, said(response)) == (
        activity.get_absolute_url(),
        ["已选用2张照片。"],
    )
    files = activity.evidence.values_list("file", flat=True)
    assert list(files) == [row.file_id for row in chosen]


@pytest.mark.parametrize("state", [State.DRAFT, State.APPROVED])
def test_pick_of_another_s_photo_is_refused(state, desk, activity):
    foreign = EvidenceFactory(activity__state=state)

    response = desk.post(url_for("evidence_pick", activity), {"evidence": foreign.pk})

    assert (response.status_code, activity.evidence.count()) == (422, 0)


def test_pick_beyond_nine_links_none(desk, activity, organization):
    EvidenceFactory.create_batch(8, activity=activity)
    more = EvidenceFactory.create_batch(2, activity__organization=organization)
    numbers = [row.pk for row in more]

    response = desk.post(url_for("evidence_pick", activity), {"evidence": numbers})

    assert "每条记录最多 9 个照片和文件。" in response.content.decode()
    assert activity.evidence.count() == 8


@pytest.mark.parametrize("count", [1, 3])
def test_pick_takes_the_same_queries_for_any_number(
    count, desk, activity, organization, django_assert_num_queries
):
    EvidenceFactory.create_batch(count, activity__organization=organization)
    desk.get(url_for("evidence_pick", activity))

    with django_assert_num_queries(8):
        desk.get(url_for("evidence_pick", activity))


def test_pick_without_photos_says_what_to_do(desk, activity):
    page = desk.get(url_for("evidence_pick", activity)).content.decode()

    assert "没有可选用的照片" in page


# Honours and stories ------------------------------------------------------


@pytest.mark.parametrize("make", [HonorFactory, StoryFactory])
def test_photo_of_an_honor_or_story_is_kept(make, desk, organization):
    target = make(organization=organization)

    response = send(desk, target, "red", headers=SCRIPT)

    assert (response.status_code, target.evidence.count()) == (200, 1)


@pytest.mark.parametrize(
    ("make", "state"), [(HonorFactory, "applied"), (StoryFactory, "submitted")]
)
def test_photo_of_one_handed_in_is_403(make, state, desk, organization):
    target = make(organization=organization, state=state)

    assert send(desk, target, "red", headers=SCRIPT).status_code == 403


def test_record_of_an_unknown_kind_is_404(desk, activity):
    assert desk.get(url_of("evidence_add", "shifts", activity.pk)).status_code == 404


def test_photo_removed_from_an_activity_stays_with_the_story(
    desk, activity, organization, django_capture_on_commit_callbacks
):
    send(desk, activity, "red")
    photo = activity.evidence.get()
    story = StoryFactory(organization=organization)
    EvidenceFactory(activity=None, story=story, file=photo.file)

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url_of("evidence_remove", photo.pk))

    response = desk.get(Evidence.objects.get().url)
    assert (response.status_code, len(b"".join(response)) > 0) == (200, True)
