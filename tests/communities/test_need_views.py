"""Pages of needs: list, one need, form, claim and the moves."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions.need_claims import deliver_claim
from communities.models import Need, NeedClaim
from tests.communities.needs import (
    claim,
    community_official,
    days,
    official_of,
    paired_unit,
)
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    SubdistrictFactory,
)
from tests.factories.needs import (
    NeedFactory,
    PublishedNeedFactory,
    ResourceFactory,
    ServiceProjectFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("communities:need_list")
CREATE = reverse("communities:need_create")
State = Need.State
HTMX = {"HX-Request": "true"}


def url(name, row):
    return reverse(f"communities:{name}", args=[row.pk])


def rows_of(response):
    return list(response.context["page"])


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


@pytest.fixture
def own(signed_in, community):
    """A client of an official of `community`."""
    return signed_in(community_official(community))


# The list -------------------------------------------------------------------


def test_list_is_filtered_by_category_state_street_and_words(office):
    street = SubdistrictFactory()
    need = PublishedNeedFactory(
        title="清理楼道",
        category="people",
        community=CommunityFactory(name="湖内社区", subdistrict=street),
    )
    PublishedNeedFactory(state=State.CLAIMED)

    found = [
        rows_of(office.get(LIST, query))
        for query in (
            {"category": "people"},
            {"state": "published"},
            {"street": street.pk},
            {"text": "楼道"},
            {"text": "湖内"},
            {"text": "hnsq"},
        )
    ]

    assert found == [[need]] * 6


def test_list_is_sorted_as_asked(office):
    today = timezone.localdate()
    soon = PublishedNeedFactory(wanted_by=today, published_at=timezone.now() - days(2))
    much = PublishedNeedFactory(quantity=9, published_at=timezone.now() - days(1))
    new = PublishedNeedFactory(quantity=1, wanted_by=today + days(1))

    orders = [
        rows_of(office.get(LIST, {"sort": sort}))
        for sort in ("", "wanted", "remaining")
    ]

    assert orders == [[new, much, soon], [soon, new, much], [much, soon, new]]


def test_list_shows_what_is_open_to_the_unit(signed_in):
    need = PublishedNeedFactory()
    PublishedNeedFactory()
    _organization, official = paired_unit(need.community)

    response = signed_in(official).get(LIST, {"is_open": "on"})

    assert rows_of(response) == [need]


def test_list_has_25_rows_a_page_and_keeps_the_filters(office):
    PublishedNeedFactory.create_batch(26, community=CommunityFactory())

    response = office.get(LIST, {"state": "published", "page": 2})

    assert len(rows_of(response)) == 1
    assert "?state=published&amp;page=1" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("community", "还没有登记过需求"),
        ("unit", "现在没有待认领的需求"),
        ("street", "范围内还没有发布的需求"),
    ],
)
def test_empty_list_says_what_to_do_next(
    signed_in, community, organization, role, text
):
    scope = {
        "community": {"community": community},
        "unit": {"organization": organization},
        "street": {"subdistrict": community.subdistrict},
    }[role]
    user = MembershipFactory(role=role, **scope).user

    assert text in signed_in(user).get(LIST).content.decode()


def test_htmx_gets_the_rows_alone(office):
    PublishedNeedFactory(title="清理楼道")

    page = office.get(LIST, headers=HTMX).content.decode()

    assert "<html" not in page
    assert "清理楼道" in page


@pytest.mark.parametrize(
    "query", [{"street": "abc"}, {"state": "none"}, {"sort": "pk"}, {"text": "长" * 51}]
)
def test_query_that_makes_no_sense_is_answered_in_words(office, query):
    response = office.get(LIST, query)

    assert response.status_code == 200
    assert response.context["form"].errors


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(office, django_assert_num_queries, count):
    PublishedNeedFactory.create_batch(count)

    # Session, user, roles, streets for the filter, count, rows, versions, unread.
    with django_assert_num_queries(8):
        office.get(LIST)


# Drafting and changing ------------------------------------------------------


def typed(community, **values):
    fields = {
        "community": community.pk,
        "category": "people",
        "title": "清理楼道",
        "quantity": "20",
        "measure": "人",
        "text": "周六上午，带手套。",
    }
    return fields | values


def test_saved_need_is_a_draft(own, community):
    response = own.post(CREATE, typed(community))

    need = Need.objects.get()
    assert (response.status_code, response.url) == (302, need.get_absolute_url())
    assert (need.state, need.quantity, need.measure) == (State.DRAFT, 20, "人")


def test_need_for_another_community_is_refused(own):
    response = own.post(CREATE, typed(CommunityFactory()))

    assert response.status_code == 422
    assert not Need.objects.exists()


@pytest.mark.parametrize("field", ["title", "text"])
@pytest.mark.parametrize(
    ("secret", "words"),
    [("请打13800001234", "手机号码"), ("999999199001011234", "身份证号")],
)
def test_personal_number_is_refused_at_its_field(own, community, field, secret, words):
    response = own.post(CREATE, typed(community, **{field: secret}))

    assert response.status_code == 422
    assert words in response.context["form"].errors[field][0]
    assert not Need.objects.exists()


def test_form_left_open_changes_only_what_was_changed(own, community):
    need = PublishedNeedFactory(community=community, quantity=3, text="旧说明")
    page = own.get(url("need_edit", need))
    Need.objects.filter(pk=need.pk).update(quantity=7)
    form = page.context["form"]
    fields = typed(community, title=need.title, category=need.category)
    fields |= {"quantity": "3", "measure": need.measure, "text": "新说明"}
    fields |= {f"initial-{bound.html_name}": bound.initial or "" for bound in form}

    own.post(url("need_edit", need), fields)

    need.refresh_from_db()
    assert (need.quantity, need.text) == (7, "新说明")


def test_refused_change_is_told_in_the_form(own, community):
    need = PublishedNeedFactory(community=community, quantity=3)
    claim(need, 2)
    fields = typed(community, title=need.title, category=need.category, measure="台")
    fields |= {"quantity": "1", "initial-quantity": "3", "initial-measure": "台"}
    fields |= {"initial-title": need.title, "initial-category": need.category}

    response = own.post(url("need_edit", need), fields)

    assert response.status_code == 422
    assert "已认领 2 台" in response.content.decode()


def test_publishing_goes_back_to_the_need(own, community):
    need = NeedFactory(community=community)

    response = own.post(url("need_publish", need), follow=True)

    need.refresh_from_db()
    assert need.state == State.PUBLISHED
    assert "已通知结对单位" in response.content.decode()


def test_refused_publishing_is_told(own, community):
    need = NeedFactory(community=community, wanted_by=timezone.localdate() - days(1))

    response = own.post(url("need_publish", need), follow=True)

    assert "希望完成日期已过" in response.content.decode()


def test_withdrawing_asks_for_the_reason(own, community):
    need = PublishedNeedFactory(community=community)

    asked = own.post(url("need_withdraw", need), {"reason": ""})
    done = own.post(url("need_withdraw", need), {"reason": "不需要了"})

    need.refresh_from_db()
    assert (asked.status_code, done.status_code) == (422, 302)
    assert need.state == State.WITHDRAWN


# One need -------------------------------------------------------------------


@pytest.fixture
def unit(signed_in, community):
    """An organisation paired with `community`, its official and their client."""
    organization, official = paired_unit(community)
    return organization, official, signed_in(official)


def test_unit_claims_on_the_page_of_the_need(community, unit):
    need = PublishedNeedFactory(community=community, quantity=3)
    organization, _official, client = unit

    response = client.post(
        url("need_claim", need),
        {"organization": organization.pk, "quantity": "2", "note": "周六送到"},
    )

    made = NeedClaim.objects.get()
    assert response.status_code == 302
    assert (made.organization, made.quantity, made.note) == (
        organization,
        2,
        "周六送到",
    )


def test_refused_claim_keeps_what_was_typed_and_says_why(community, unit):
    need = PublishedNeedFactory(community=community, quantity=3)
    organization, _official, client = unit

    response = client.post(
        url("need_claim", need),
        {"organization": organization.pk, "quantity": "5", "note": "周六送到"},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "只剩 3 台" in page
    assert "周六送到" in page


def test_claim_for_a_foreign_organisation_is_refused(community, unit):
    need = PublishedNeedFactory(community=community)
    _organization, _official, client = unit

    response = client.post(
        url("need_claim", need),
        {"organization": OrganizationFactory().pk, "quantity": "1"},
    )

    assert response.status_code == 422
    assert not NeedClaim.objects.exists()


def test_personal_number_in_the_note_of_a_claim_is_refused(community, unit):
    need = PublishedNeedFactory(community=community)
    organization, _official, client = unit

    response = client.post(
        url("need_claim", need),
        {"organization": organization.pk, "quantity": "1", "note": "13800138000"},
    )

    assert response.status_code == 422
    assert "手机号码" in response.content.decode()


def test_unit_that_must_wait_reads_until_when_and_gets_no_form(signed_in):
    need = PublishedNeedFactory()
    client = signed_in(official_of(OrganizationFactory()))

    page = client.get(need.get_absolute_url()).content.decode()

    assert "起向所有单位开放" in page
    assert url("need_claim", need) not in page


def test_unit_with_one_organisation_is_not_asked_to_claim_twice(signed_in):
    made, official = claim(PublishedNeedFactory())

    page = signed_in(official).get(made.need.get_absolute_url()).content.decode()

    assert url("need_claim", made.need) not in page


def test_claim_sent_twice_is_told_so(signed_in):
    made, official = claim(PublishedNeedFactory())

    response = signed_in(official).post(
        url("need_claim", made.need),
        {"organization": made.organization_id, "quantity": "1"},
    )

    assert response.status_code == 422
    assert "已认领这项需求" in response.content.decode()


def test_another_organisation_of_the_unit_may_claim_too(signed_in):
    need = PublishedNeedFactory(quantity=3)
    root, _official = paired_unit(need.community)
    branch = OrganizationFactory(parent=root.parent, unit_name=root.unit_name)
    boss = official_of(root.parent)
    client = signed_in(boss)
    client.post(url("need_claim", need), {"organization": root.pk, "quantity": "1"})

    form = client.get(need.get_absolute_url()).context["claim_form"]

    offered = set(form.fields["organization"].queryset)
    assert branch in offered
    assert root not in offered


def test_unit_sees_its_own_claim_and_not_those_of_others(community, unit):
    need = PublishedNeedFactory(community=community, quantity=5)
    other, _other_official = claim(need)
    organization, _official, client = unit
    client.post(
        url("need_claim", need), {"organization": organization.pk, "quantity": "1"}
    )

    response = client.get(need.get_absolute_url())

    assert [row.organization for row in response.context["claims"]] == [organization]
    assert other.organization.unit_name not in response.content.decode()


def test_community_sees_all_claims(own, community):
    need = PublishedNeedFactory(community=community, quantity=5)
    made = [claim(need)[0], claim(need)[0]]

    response = own.get(need.get_absolute_url())

    assert response.context["claims"] == made


def test_page_suggests_resources_with_the_reason(own, community, unit):
    need = PublishedNeedFactory(community=community)
    resource = ResourceFactory(organization=unit[0], title="示例音响")

    page = own.get(need.get_absolute_url()).content.decode()

    assert "示例音响" in page
    assert "结对单位" in page
    assert reverse("communities:project_create", args=[need.pk, resource.pk]) in page


def test_page_takes_a_fixed_number_of_queries(
    own, community, django_assert_max_num_queries
):
    need = PublishedNeedFactory(community=community, quantity=9)
    for _number in range(3):
        claim(need)
        ResourceFactory()
        ServiceProjectFactory(need=need)

    with django_assert_max_num_queries(16):
        own.get(need.get_absolute_url())


# The moves ------------------------------------------------------------------


def test_unit_starts_delivers_and_the_community_confirms(own, community, unit):
    need = PublishedNeedFactory(community=community, quantity=1)
    organization, _official, client = unit
    client.post(
        url("need_claim", need), {"organization": organization.pk, "quantity": "1"}
    )
    made = NeedClaim.objects.get()

    states = []
    for who, name, row in (
        (client, "need_start", need),
        (client, "claim_deliver", made),
        (own, "need_confirm", need),
    ):
        who.post(url(name, row))
        need.refresh_from_db()
        states.append(need.state)

    assert states == [State.IN_PROGRESS, State.DELIVERED, State.CONFIRMED]


def test_community_sends_a_delivery_back(own, community):
    made, official = claim(PublishedNeedFactory(community=community, quantity=1))
    deliver_claim(claim=made, by=official)

    own.post(url("claim_return", made), {"reason": "少一台"})

    made.refresh_from_db()
    assert made.state == "active"


def test_unit_gives_a_claim_up_with_a_reason(signed_in):
    made, official = claim(PublishedNeedFactory())
    client = signed_in(official)

    asked = client.post(url("claim_withdraw", made), {"reason": " "})
    client.post(url("claim_withdraw", made), {"reason": "车辆故障"})

    made.refresh_from_db()
    assert asked.status_code == 422
    assert made.state == "withdrawn"


def test_move_that_is_refused_is_told(own, community):
    need = PublishedNeedFactory(community=community)

    response = own.post(url("need_confirm", need), follow=True)

    assert "不能改为“已确认”" in response.content.decode()
