"""Pages of pairings: the list in one's scope, upload, preview, confirm."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from communities.models import Pairing, PairingImport, PairingNotice
from core.models import AuditEntry
from tests.communities.registers import PAIRINGS, real_register, small_register
from tests.factories.communities import (
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
    PairingNoticeFactory,
    SubdistrictFactory,
)
from tests.files import workbook

pytestmark = pytest.mark.django_db

LIST = reverse("communities:pairing_list")
IMPORT = reverse("communities:pairing_import")
HEADER = ["挂钩单位", "挂钩社区", "联络员", "联系电话"]
GOOD = ["区总工会", "湖内社区", "某甲", "13800000001"]
BAD = ["没有的单位", "湖内社区"]


def upload(client, *rows, **typed):
    file = SimpleUploadedFile("通知.xlsx", workbook([HEADER, *rows]))
    fields = {
        "kind": "supplement",
        "number": "测试1号",
        "starts_on": "2026-05-01",
        "file": file,
        **typed,
    }
    return client.post(IMPORT, fields)


def seen(client, uploaded):
    """What stands in the preview's form."""
    response = client.get(uploaded.get_absolute_url())
    if response.status_code != 200:
        return {}
    return {"fingerprint": response.context["plan"].fingerprint}


def confirm(client, uploaded, **typed):
    """Confirm what the preview shows, or what was `typed`."""
    return client.post(
        reverse("communities:pairing_import_confirm", args=[uploaded.pk]),
        typed or seen(client, uploaded),
    )


def rows_of(response):
    return list(response.context["page"])


@pytest.fixture
def committee(signed_in, committee_official):
    small_register()
    return signed_in(committee_official)


# The list -------------------------------------------------------------------


def test_an_anonymous_visitor_is_sent_to_sign_in(client):
    response = client.get(LIST)

    assert response.status_code == 302
    assert "login" in response.url


def test_a_person_without_a_role_may_not_see_pairings(signed_in, stranger):
    assert signed_in(stranger).get(LIST).status_code == 403


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_roles_of_the_district_see_all_pairings(signed_in, role):
    pairings = PairingFactory.create_batch(2)

    response = signed_in(MembershipFactory(role=role).user).get(LIST)

    assert set(rows_of(response)) == set(pairings)


@pytest.mark.parametrize("role", ["street", "community", "unit", "branch"])
def test_other_officials_see_the_pairings_of_their_scope(signed_in, role):
    own, _other = PairingFactory.create_batch(2)
    branch = OrganizationFactory(
        parent=own.organization.parent, unit_name=own.organization.unit_name
    )
    branch.path = f"{own.organization.path}{branch.pk}/"
    branch.save(update_fields=["path"])
    scope = {
        "street": {"subdistrict": own.community.subdistrict},
        "community": {"community": own.community},
        "unit": {"organization": own.organization},
        "branch": {"organization": branch},
    }[role]
    held = MembershipFactory(role="unit" if role == "branch" else role, **scope)

    response = signed_in(held.user).get(LIST)

    assert rows_of(response) == [own]


def test_phones_are_masked(signed_in, office_official):
    PairingFactory(contact_name="某联络", contact_phone="+8613800005678")

    page = signed_in(office_official).get(LIST).content.decode()

    assert "138****5678" in page
    assert "13800005678" not in page


def test_the_list_shows_the_pairings_of_a_day(signed_in, office_official):
    old = PairingFactory(starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    new = PairingFactory(starts_on=date(2026, 1, 1))
    client = signed_in(office_official)

    assert rows_of(client.get(LIST, {"day": "2025-12-31"})) == [old]
    assert rows_of(client.get(LIST, {"day": "2026-01-01"})) == [new]
    assert rows_of(client.get(LIST)) == [new]


@pytest.mark.parametrize("text", ["区总工会", "qzghdzb", "湖内", "hnsq"])
def test_the_list_is_searched_by_unit_and_community(signed_in, office_official, text):
    wanted = PairingFactory(
        organization__unit_name="区总工会",
        organization__name="区总工会党支部",
        community__name="湖内社区",
    )
    PairingFactory()

    response = signed_in(office_official).get(LIST, {"text": text})

    assert rows_of(response) == [wanted]


def test_the_list_is_narrowed_to_a_street(signed_in, office_official):
    wanted, _other = PairingFactory.create_batch(2)
    street = wanted.community.subdistrict_id

    response = signed_in(office_official).get(LIST, {"street": street})

    assert rows_of(response) == [wanted]


@pytest.mark.parametrize(
    "query",
    [
        {"day": "2026-02-30"},
        {"day": "0001-01-01"},
        {"street": "x"},
        {"text": "长" * 51},
    ],
    ids=["no-day", "old", "street", "long"],
)
def test_a_query_that_makes_no_sense_is_answered_in_words(
    signed_in, office_official, query
):
    response = signed_in(office_official).get(LIST, query)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert "page" not in response.context


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9" * 30, "9" * 5000])
def test_a_page_that_is_none_shows_one_that_is(signed_in, office_official, page):
    pairing = PairingFactory()

    response = signed_in(office_official).get(LIST, {"page": page})

    assert rows_of(response) == [pairing]


def test_a_page_holds_25_pairings(signed_in, office_official):
    street = SubdistrictFactory()
    PairingFactory.create_batch(
        26, community__subdistrict=street, notice=PairingNoticeFactory()
    )
    client = signed_in(office_official)

    assert len(rows_of(client.get(LIST))) == 25
    assert len(rows_of(client.get(LIST, {"page": 2}))) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(
    signed_in, office_official, django_assert_num_queries, count
):
    PairingFactory.create_batch(count)
    client = signed_in(office_official)

    # Session, user, roles, unread messages, streets, count, rows, two histories.
    with django_assert_num_queries(9):
        client.get(LIST)


def test_htmx_gets_the_rows_alone(signed_in, office_official):
    PairingFactory()

    response = signed_in(office_official).get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()


# Upload ---------------------------------------------------------------------


@pytest.mark.parametrize("role", ["office", "auditor", None])
def test_only_the_committee_may_import(signed_in, stranger, role):
    user = MembershipFactory(role=role).user if role else stranger

    client = signed_in(user)

    assert client.get(IMPORT).status_code == 403
    assert upload(client, GOOD).status_code == 403
    assert not PairingImport.objects.exists()


def test_the_form_is_shown_to_the_committee(committee):
    response = committee.get(IMPORT)

    assert response.status_code == 200
    assert 'enctype="multipart/form-data"' in response.content.decode()


def test_an_upload_keeps_its_rows_and_writes_no_pairing(committee):
    response = upload(committee, GOOD)

    uploaded = PairingImport.objects.get()
    assert response.status_code == 302
    assert response.url == uploaded.get_absolute_url()
    assert (uploaded.file_name, uploaded.number) == ("通知.xlsx", "测试1号")
    assert uploaded.rows[0]["number"] == 2
    assert uploaded.rows[0]["values"]["unit"] == "区总工会"
    assert not Pairing.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"file": SimpleUploadedFile("a.xlsx", b"")}, "file", "文件是空的"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PKnonsense")}, "file", "不是这种"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "file", "只接受"),
        ({"file": ""}, "file", "请选择文件"),
        ({"kind": ""}, "kind", "请选择一项"),
        ({"kind": "other"}, "kind", "选"),
        ({"number": ""}, "number", "请填写这一项"),
        ({"number": "长" * 61}, "number", "60"),
        ({"number": "号\u202e"}, "number", "不可见"),
        ({"starts_on": "2026-02-30"}, "starts_on", "日期"),
        ({"starts_on": "0026-02-01"}, "starts_on", "年份"),
    ],
    ids=[
        "empty", "broken", "pdf", "no-file", "no-kind", "kind", "no-number",
        "long-number", "unseen", "no-day", "year",
    ],
)  # fmt: skip
def test_a_bad_upload_comes_back_with_words_at_the_field(
    committee, typed, field, words
):
    response = upload(committee, GOOD, **typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert words in response.context["form"].errors[field][0]
    if field == "file":
        assert 'value="测试1号"' in response.content.decode()
        assert 'value="2026-05-01"' in response.content.decode()
    assert not PairingImport.objects.exists()


def test_an_empty_post_is_refused(committee):
    assert committee.post(IMPORT).status_code == 422


# Preview --------------------------------------------------------------------


def test_the_preview_says_what_would_be_done_and_masks_phones(committee):
    page = committee.get(upload(committee, GOOD).url).content.decode()

    assert "确认，新增 1 对" in page
    assert "区总工会党支部" in page
    assert "138****0001" in page
    assert "13800000001" not in page


def test_the_preview_of_refused_rows_says_why_and_offers_no_confirmation(committee):
    response = committee.get(upload(committee, GOOD, BAD).url)

    page = response.content.decode()
    assert response.context["counts"] == {"created": 1, "stays": 0, "refused": 1}
    assert [entry.line.number for entry in response.context["page"]] == [3, 2]
    assert "名册中没有单位“没有的单位”" in page
    assert "confirm/" not in page


def test_the_preview_writes_nothing(committee):
    url = upload(committee, GOOD).url
    lines = AuditEntry.objects.count()

    committee.get(url)

    assert AuditEntry.objects.count() == lines
    assert not PairingNotice.objects.exists()


def test_the_preview_refuses_a_number_known_with_another_day(committee):
    PairingNoticeFactory(number="测试1号", starts_on=date(2026, 4, 1))

    page = committee.get(upload(committee, GOOD).url).content.decode()

    assert "文号测试1号已登记，生效日期是2026年4月1日（周三）" in page
    assert "confirm/" not in page


def test_another_official_of_the_committee_does_not_see_the_upload(
    committee, signed_in
):
    upload(committee, GOOD)
    uploaded = PairingImport.objects.get()
    other = signed_in(MembershipFactory(role="committee").user)

    assert other.get(uploaded.get_absolute_url()).status_code == 404
    assert confirm(other, uploaded).status_code == 404
    assert not Pairing.objects.exists()


def test_an_uploader_whose_role_has_ended_may_not_confirm(
    committee, committee_official
):
    upload(committee, GOOD)
    uploaded = PairingImport.objects.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    committee_official.memberships.update(ends_on=yesterday)

    assert committee.get(uploaded.get_absolute_url()).status_code == 403
    assert confirm(committee, uploaded).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_a_fixed_number_of_queries(
    committee, django_assert_num_queries, count
):
    names = ["湖内社区", "和平里社区", "松州村"]
    url = upload(committee, *[["区总工会", name] for name in names[:count]]).url

    # Session, user, upload, roles, organisations and communities with their earlier
    # names, streets, standing pairings, later notices, notices, unread messages.
    with django_assert_num_queries(13):
        committee.get(url)


# Confirm --------------------------------------------------------------------


def test_confirming_publishes_the_notice(committee, committee_official):
    upload(committee, GOOD)
    uploaded = PairingImport.objects.get()

    response = confirm(committee, uploaded)

    uploaded.refresh_from_db()
    assert (response.status_code, response.url) == (302, LIST)
    assert uploaded.confirmed_at is not None
    notice = PairingNotice.objects.get()
    assert (notice.number, notice.published_by) == ("测试1号", committee_official)
    assert Pairing.objects.get().contact_phone == "+8613800000001"
    assert "已新增 1 对结对" in committee.get(LIST).content.decode()


def test_confirming_twice_is_harmless(committee):
    upload(committee, GOOD)
    uploaded = PairingImport.objects.get()
    confirm(committee, uploaded)
    lines = AuditEntry.objects.count()

    response = confirm(committee, uploaded)

    assert response.status_code == 302
    assert "已经确认过" in committee.get(LIST).content.decode()
    assert Pairing.objects.count() == 1
    assert AuditEntry.objects.count() == lines


def test_confirming_a_notice_with_a_refused_row_writes_nothing(committee):
    upload(committee, GOOD, BAD)
    uploaded = PairingImport.objects.get()

    response = confirm(committee, uploaded)

    uploaded.refresh_from_db()
    assert response.url == uploaded.get_absolute_url()
    assert uploaded.confirmed_at is None
    assert not Pairing.objects.exists()
    assert "整个文件都没有写入" in committee.get(response.url).content.decode()


def test_confirming_matches_against_the_register_of_that_moment(committee):
    upload(committee, GOOD)
    uploaded = PairingImport.objects.get()
    pairing = PairingFactory(
        organization__unit_name="区总工会", organization__name="区总工会新党支部"
    )

    confirm(committee, uploaded)

    assert list(Pairing.objects.all()) == [pairing]


def test_confirming_by_get_is_not_allowed(committee):
    upload(committee, GOOD)
    url = reverse(
        "communities:pairing_import_confirm", args=[PairingImport.objects.get().pk]
    )

    assert committee.get(url).status_code == 405


def test_a_notice_for_a_later_day_leads_to_the_list_of_that_day(committee):
    later = (timezone.localdate() + timedelta(days=30)).isoformat()
    upload(committee, GOOD, starts_on=later)

    response = confirm(committee, PairingImport.objects.get())

    assert response.url == f"{LIST}?day={later}"


def test_the_sample_notice_passes_through_the_pages(signed_in, committee_official):
    real_register()
    client = signed_in(committee_official)
    file = SimpleUploadedFile(PAIRINGS.name, PAIRINGS.read_bytes())
    fields = {
        "kind": "whole",
        "number": "测试1号",
        "starts_on": "2026-05-01",
        "file": file,
    }

    preview = client.get(client.post(IMPORT, fields).url)
    confirm(client, PairingImport.objects.get())

    assert preview.context["counts"] == {
        "created": 127, "changed": 0, "stays": 0, "ended": 0, "refused": 0,
    }  # fmt: skip
    assert Pairing.objects.count() == 127
