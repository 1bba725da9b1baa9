"""Pages of agreements: list, recording, renewal, the file, the fragments."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from communities.models import Agreement
from communities.queries.agreements import (
    agreements_of_community,
    agreements_of_organization,
    desk_agreements,
)
from core.uploads import remove_private, save_private
from tests.factories.agreements import AgreementFactory, MeetingActionFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
)
from tests.pdfs import pdf

pytestmark = pytest.mark.django_db

LIST = reverse("communities:agreement_list")
CREATE = reverse("communities:agreement_create")
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def page_of(name, *args):
    return reverse(f"communities:{name}", args=args)


@pytest.fixture
def pairing(organization, community):
    return PairingFactory(organization=organization, community=community)


@pytest.fixture
def agreement(pairing):
    return AgreementFactory(
        organization=pairing.organization,
        community=pairing.community,
        signed_on=TODAY - 10 * DAY,
        starts_on=TODAY - 10 * DAY,
        ends_on=TODAY + 200 * DAY,
    )


@pytest.fixture
def stored(agreement):
    agreement.file = save_private(pdf(), "agreements", "pdf")
    agreement.file_name = "共建协议.pdf"
    agreement.save()
    yield agreement
    remove_private(agreement.file)


def official(role, pairing):
    scope = {
        "unit": {"organization": pairing.organization},
        "street": {"subdistrict": pairing.community.subdistrict},
        "community": {"community": pairing.community},
    }.get(role, {})
    return MembershipFactory(role=role, **scope).user


def typed(pairing, **values):
    return {
        "pairing": pairing.pk,
        "title": "共建协议",
        "signed_on": "2026-03-01",
        "starts_on": "2026-03-01",
        "ends_on": "2027-02-28",
        "summary": "政策宣讲\n义诊",
        **values,
    }


# List -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["unit", "street", "community", "office", "committee", "auditor"]
)
def test_officials_see_agreements_of_their_scope(signed_in, agreement, pairing, role):
    other = AgreementFactory()
    client = signed_in(official(role, pairing))

    rows = set(client.get(LIST).context["page"])

    sees_all = role in {"office", "committee", "auditor"}
    assert rows == ({agreement, other} if sees_all else {agreement})
    answer = client.get(other.get_absolute_url()).status_code
    assert answer == (200 if sees_all else 404)


def test_person_without_a_role_sees_no_agreements(signed_in, stranger):
    assert signed_in(stranger).get(LIST).status_code == 403


def test_official_of_a_branch_sees_the_agreements_of_the_own_unit(
    signed_in, agreement, organization
):
    branch = OrganizationFactory(
        parent=organization.parent, unit_name=organization.unit_name
    )
    branch.path = f"{organization.path}{branch.pk}/"
    branch.save(update_fields=["path"])
    client = signed_in(MembershipFactory(role="unit", organization=branch).user)

    assert client.get(agreement.get_absolute_url()).status_code == 200
    renew = page_of("agreement_renew", agreement.pk)
    assert client.get(renew).status_code == 403


def test_successor_of_a_merged_community_sees_and_keeps_its_agreements(
    signed_in, agreement
):
    new = CommunityFactory()
    agreement.community.successor = new
    agreement.community.save()
    client = signed_in(MembershipFactory(role="community", community=new).user)

    assert list(client.get(LIST).context["page"]) == [agreement]
    renew = page_of("agreement_renew", agreement.pk)
    assert client.get(renew).status_code == 200


def test_list_is_narrowed_by_state_and_words(signed_in, office_official):
    rows = {
        "proposed": AgreementFactory(starts_on=TODAY + DAY, ends_on=TODAY + 99 * DAY),
        "active": AgreementFactory(ends_on=TODAY + 31 * DAY),
        "ending": AgreementFactory(ends_on=TODAY + 30 * DAY),
        "ended": AgreementFactory(ends_on=TODAY - DAY),
        "renewed": AgreementFactory(ends_on=TODAY - DAY),
    }
    renewal = AgreementFactory(
        renews=rows["renewed"], starts_on=TODAY, ends_on=TODAY + 99 * DAY
    )
    client = signed_in(office_official)

    found = {
        state: set(client.get(LIST, {"state": state}).context["page"]) for state in rows
    }

    rows["active"] = {rows["active"], renewal}
    assert found == {
        state: row if isinstance(row, set) else {row} for state, row in rows.items()
    }
    assert {state: {row.state for row in found[state]} for state in found} == {
        state: {state} for state in found
    }
    text = {"text": renewal.title}
    assert list(client.get(LIST, text).context["page"]) == [renewal]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(
    signed_in, office_official, django_assert_num_queries, count
):
    AgreementFactory.create_batch(count)
    client = signed_in(office_official)

    # Session, user, roles, unread messages; count, rows, names of both sides.
    with django_assert_num_queries(8):
        client.get(LIST)


def test_past_agreement_shows_the_names_of_its_first_day(
    signed_in, office_official, agreement
):
    version = agreement.organization.versions.get()
    version.unit_name = "从前的局"
    version.save()

    page = signed_in(office_official).get(agreement.get_absolute_url())

    assert "从前的局" in page.content.decode()


# Recording ------------------------------------------------------------------


@pytest.mark.parametrize("role", ["unit", "community"])
def test_either_side_records_an_agreement(signed_in, pairing, role):
    file = SimpleUploadedFile("协议.pdf", pdf())

    response = signed_in(official(role, pairing)).post(
        CREATE, typed(pairing, file=file)
    )

    agreement = Agreement.objects.get()
    assert response.url == agreement.get_absolute_url()
    assert (agreement.community, agreement.file_name) == (
        pairing.community,
        "协议.pdf",
    )
    remove_private(agreement.file)


@pytest.mark.parametrize("role", ["street", "office", "committee", "auditor"])
def test_others_record_no_agreement(signed_in, pairing, role):
    client = signed_in(official(role, pairing))

    assert client.get(CREATE).status_code == 403
    assert client.post(CREATE, typed(pairing)).status_code == 403


def test_pairing_of_others_is_no_choice(signed_in, pairing, unit_official):
    response = signed_in(unit_official).post(CREATE, typed(PairingFactory()))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["pairing"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ends_on": "2026-01-01"}, "到期日期不能早于"),
        ({"summary": "长" * 501}, "500"),
        ({"title": "\u202e"}, "不可见"),
        (
            {"file": SimpleUploadedFile("a.pdf", pdf(catalog=b"/AA << /JS (x) >>"))},
            "脚本",
        ),
        ({"file": SimpleUploadedFile("a.docx", b"PK")}, "只接受"),
    ],
    ids=["dates", "long", "unseen", "active-file", "word-file"],
)
def test_bad_agreement_comes_back_with_words(
    signed_in, unit_official, pairing, values, words
):
    response = signed_in(unit_official).post(CREATE, typed(pairing, **values))

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Agreement.objects.exists()


def test_renewal_is_prefilled_and_goes_on(signed_in, unit_official, agreement):
    client = signed_in(unit_official)
    url = page_of("agreement_renew", agreement.pk)

    form = client.get(url).context["form"]
    response = client.post(
        url,
        {
            "title": form["title"].value(),
            "summary": form["summary"].value(),
            "signed_on": TODAY.isoformat(),
            "ends_on": (TODAY + 500 * DAY).isoformat(),
        },
    )

    renewal = Agreement.objects.get(renews=agreement)
    assert response.url == renewal.get_absolute_url()
    assert (renewal.title, renewal.starts_on) == (
        agreement.title,
        TODAY + 201 * DAY,
    )


def test_agreement_ends_early_with_a_reason(signed_in, unit_official, agreement):
    signed_in(unit_official).post(
        page_of("agreement_end", agreement.pk),
        {"last_day": TODAY.isoformat(), "reason": "双方同意"},
    )

    agreement.refresh_from_db()
    assert agreement.ends_on == TODAY


@pytest.mark.parametrize("name", ["agreement_renew", "agreement_end"])
def test_who_only_sees_an_agreement_changes_nothing(
    signed_in, office_official, agreement, name
):
    response = signed_in(office_official).post(page_of(name, agreement.pk))

    assert response.status_code == 403


# File -----------------------------------------------------------------------


def test_file_is_offered_for_saving_and_never_shown_in_the_page(
    signed_in, unit_official, stored
):
    response = signed_in(unit_official).get(page_of("agreement_file", stored.pk))

    assert b"".join(response) == pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%85%B1%E5%BB%BA%E5%8D%8F%E8%AE%AE.pdf"
    )


def test_file_is_for_those_who_see_the_agreement(client, signed_in, stored):
    url = page_of("agreement_file", stored.pk)
    other = MembershipFactory(role="unit", organization=OrganizationFactory()).user

    assert client.get(url).status_code == 302
    assert signed_in(other).get(url).status_code == 404


def test_agreement_without_a_file_offers_none(signed_in, unit_official, agreement):
    url = page_of("agreement_file", agreement.pk)

    assert signed_in(unit_official).get(url).status_code == 404


def test_file_is_added_later(signed_in, unit_official, agreement):
    client = signed_in(unit_official)
    url = page_of("agreement_attach", agreement.pk)

    empty = client.post(url)
    response = client.post(url, {"file": SimpleUploadedFile("签字.pdf", pdf())})

    agreement.refresh_from_db()
    assert (empty.status_code, response.status_code) == (422, 302)
    assert agreement.file_name == "签字.pdf"
    remove_private(agreement.file)


# Fragments ------------------------------------------------------------------


@pytest.mark.parametrize(("role", "opens"), [(None, False), ("unit", True)])
def test_sides_show_agreements_in_force_and_link_them_in_scope(
    agreement, pairing, stranger, role, opens
):
    AgreementFactory(community=agreement.community, ends_on=date(2026, 1, 2))
    user = official(role, pairing) if role else stranger

    for found in (
        agreements_of_community(agreement.community, user=user, day=TODAY),
        agreements_of_organization(agreement.organization, user=user, day=TODAY),
    ):
        assert found["rows"] == [agreement]
        assert found["in_scope"] == ({agreement.pk} if opens else set())


def test_desk_names_agreements_that_end_soon_and_actions_to_do(
    unit_official, office_official, agreement
):
    Agreement.objects.update(ends_on=TODAY + 30 * DAY)
    AgreementFactory(ends_on=TODAY + DAY)
    late = MeetingActionFactory(owner=agreement.organization, due_on=TODAY - 3 * DAY)
    MeetingActionFactory()

    found = desk_agreements(unit_official, TODAY)

    assert (found["ending"], found["ending_count"]) == ([agreement], 1)
    assert found["to_finish"] == [(late, 3)]
    assert desk_agreements(office_official, TODAY) is None
