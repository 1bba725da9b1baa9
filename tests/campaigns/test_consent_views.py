"""Consents: recorded by officials, looked at and taken back by the person."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Consent, Story
from core.models import AuditEntry
from tests.factories.communities import MembershipFactory
from tests.factories.honors import FamilyHonorFactory, HonorConsentFactory
from tests.factories.stories import (
    ConsentFactory,
    ConventionFactory,
    PledgeFactory,
    PublishedStoryFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db


def url(name, row):
    return reverse(f"campaigns:{name}", args=[row.pk])


def slip(consent):
    return reverse("campaigns:consent_page", args=[consent.token])


@pytest.fixture
def official(community):
    return MembershipFactory(role="community", community=community).user


@pytest.fixture
def sound():
    return {
        "subject": "示例王阿姨",
        "method": "spoken",
        "given_on": timezone.localdate().isoformat(),
    }


# On the desk ----------------------------------------------------------------


def test_consent_for_a_story_is_recorded(signed_in, official, community, sound):
    story = StoryFactory(community=community)

    response = signed_in(official).post(url("story_consent", story), sound)

    assert response["Location"] == f"{story.get_absolute_url()}#consents"
    assert story.consents.get().recorded_by == official


def test_consent_of_a_family_is_recorded(signed_in, official, community, sound):
    honor = FamilyHonorFactory(community=community)

    signed_in(official).post(url("honor_consent", honor), sound)

    honor.refresh_from_db()
    assert (honor.consents.count(), honor.is_public) == (1, True)


@pytest.mark.parametrize(
    "bad",
    [{"subject": "王阿姨13800138000"}, {"given_on": "2099-01-01"}, {"method": "x"}],
    ids=["phone", "future", "method"],
)
def test_unsound_consent_is_refused(signed_in, official, community, sound, bad):
    story = StoryFactory(community=community)

    response = signed_in(official).post(url("story_consent", story), sound | bad)

    assert response.status_code == 422
    assert not Consent.objects.exists()


def test_slip_carries_the_text_and_the_address(
    signed_in, official, community, settings
):
    settings.SITE_URL = "https://portal.example.cn"
    consent = ConsentFactory(story__community=community)

    response = signed_in(official).get(url("consent_slip", consent))

    body = response.content.decode()
    assert f"https://portal.example.cn{slip(consent)}" in body
    assert "随时收回同意" in body
    assert "no-store" in response["Cache-Control"]


def test_official_takes_a_consent_back_for_somebody(signed_in, official, community):
    story = PublishedStoryFactory(community=community)
    consent = ConsentFactory(story=story)

    signed_in(official).post(url("consent_withdraw", consent))

    story.refresh_from_db()
    assert story.state == Story.State.HIDDEN
    assert AuditEntry.objects.first().actor_id == official.pk


def test_page_of_a_story_takes_the_same_queries_for_any_consents(
    signed_in, official, community, django_assert_max_num_queries
):
    story = StoryFactory(community=community)
    client = signed_in(official)
    needed = []
    for _number in range(2):
        ConsentFactory.create_batch(2, story=story)
        with django_assert_max_num_queries(30) as seen:
            client.get(story.get_absolute_url())
        needed.append(len(seen))

    assert needed[0] == needed[1]


# The person with the slip ---------------------------------------------------


def test_person_reads_what_was_agreed_to(client):
    consent = ConsentFactory(is_guardian=True)

    response = client.get(slip(consent))

    body = response.content.decode()
    assert consent.story.title in body
    assert "监护人代为同意" in body
    assert "随时收回同意" in body
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]


def test_person_takes_it_back_and_is_told_what_happened():
    client = Client(enforce_csrf_checks=True)
    consent = ConsentFactory(story=PublishedStoryFactory())

    # What a browser sends from a page without referrer.
    response = client.post(
        slip(consent), {"is_sure": "on"}, headers={"Origin": "null"}, follow=True
    )

    consent.story.refresh_from_db()
    assert consent.story.state == Story.State.HIDDEN
    assert "收回" in response.content.decode()
    assert "我要收回同意" not in response.content.decode()


def test_person_who_did_not_tick_is_asked_again(client):
    consent = ConsentFactory(story=PublishedStoryFactory())

    response = client.post(slip(consent), {})

    consent.refresh_from_db()
    assert response.status_code == 422
    assert consent.is_live


@pytest.mark.parametrize("state", [Story.State.HIDDEN, Story.State.WITHDRAWN])
def test_consent_is_taken_back_after_the_story_is_gone(client, state):
    consent = ConsentFactory(story=StoryFactory(state=state))

    client.post(slip(consent), {"is_sure": "on"})

    consent.refresh_from_db()
    assert not consent.is_live


def test_family_takes_back_its_consent(client):
    honor = FamilyHonorFactory(awarded=True, is_public=True)
    consent = HonorConsentFactory(honor=honor)

    client.post(slip(consent), {"is_sure": "on"})

    assert client.get(honor.get_absolute_url()).status_code == 404


def test_guessed_address_is_not_found(client):
    consent = ConsentFactory()

    response = client.get(
        reverse("campaigns:consent_page", args=[consent.token[:-1] + "x" * 2])
    )

    assert response.status_code == 404


# Nobody is named ------------------------------------------------------------


@pytest.fixture
def named(db):
    """A published story, a family's honour and pledges, with names to look for."""
    story = PublishedStoryFactory()
    honor = FamilyHonorFactory(awarded=True, is_public=True)
    consents = [
        ConsentFactory(story=story, subject="示例王阿姨"),
        HonorConsentFactory(honor=honor, subject="示例李叔叔"),
    ]
    held = PledgeFactory(
        convention=ConventionFactory(), user__display_name="示例赵承诺"
    )
    secrets = ["王阿姨", "李叔叔", "赵承诺", *(row.token for row in consents)]
    return story, honor, held, secrets


PUBLIC = ("story_list", "convention", "convention_communities")


def test_no_public_page_names_anybody(client, named):
    story, honor, held, secrets = named
    pages = [
        story.get_absolute_url(),
        honor.get_absolute_url(),
        held.community.get_absolute_url(),
        *(reverse(f"campaigns:{name}") for name in PUBLIC),
    ]

    bodies = "".join(client.get(page).content.decode() for page in pages)

    assert [secret for secret in secrets if secret in bodies] == []


def test_no_page_of_an_auditor_names_anybody(signed_in, named):
    story, honor, _held, secrets = named
    client = signed_in(MembershipFactory(role="auditor").user)
    pages = [
        story.get_absolute_url(),
        honor.get_absolute_url(),
        reverse("campaigns:desk_story_list"),
        reverse("admin:campaigns_story_changelist"),
        reverse("admin:campaigns_story_change", args=[story.pk]),
        reverse("admin:campaigns_honor_change", args=[honor.pk]),
        reverse("admin:campaigns_convention_changelist"),
    ]

    bodies = "".join(client.get(page).content.decode() for page in pages)

    assert [secret for secret in secrets if secret in bodies] == []


def test_office_reads_who_consented_but_not_the_address(
    signed_in, office_official, named
):
    story, _honor, _held, _secrets = named

    body = signed_in(office_official).get(story.get_absolute_url()).content.decode()

    assert "示例王阿姨" in body
    assert re.search(r"/consents/[\w-]{20,}", body) is None


def test_logs_do_not_hold_the_address(named, caplog):
    token = named[3][-1]
    client = Client(raise_request_exception=False)

    with caplog.at_level(logging.DEBUG):
        client.post(f"/consents/{token}/", {"is_sure": "on"})
        client.get(f"/consents/{token}/")

    assert token not in caplog.text


def test_audit_log_names_nobody_who_consented_or_promised(signed_in, named):
    _story, honor, held, secrets = named
    signed_in(held.user).post(reverse("campaigns:pledge_withdraw"), {"pledge": held.pk})
    Client().post(slip(honor.consents.get()), {"is_sure": "on"})

    lines = AuditEntry.objects.values_list("actor_name", "target_name", "data")
    said = str(list(lines))
    assert lines.count() == 2
    assert [secret for secret in secrets if secret in said] == []
