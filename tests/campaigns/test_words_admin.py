"""The office mends pillars and initiatives in the admin site."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.actions.pillars import InitiativeRefused, update_initiative
from campaigns.models import ActivityTemplate, Initiative, Pillar
from core.audit import history_of
from tests.admin.pages import admin_url
from tests.factories.campaigns import ActivityFactory, InitiativeFactory, PillarFactory

pytestmark = pytest.mark.django_db
INITIATIVE = {
    "title": "示例举措",
    "kind": "publicity",
    "photos_wanted": "1",
    "is_open": "on",
    "position": "0",
}


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def _save(client, initiative, **changes):
    data = {**INITIATIVE, "pillar": initiative.pillar_id, **changes}
    url = admin_url("campaigns.Initiative", "change", initiative.pk)
    return client.post(url, data)


def test_title_given_by_the_office_holds_from_today(office):
    initiative = InitiativeFactory(title="旧举措", counts_as_service=False)

    _save(office, initiative, title="新举措", evidence_hint="合影一张")

    today = timezone.localdate()
    initiative.refresh_from_db()
    assert (initiative.title, initiative.evidence_hint) == ("新举措", "合影一张")
    versions = initiative.versions.order_by("starts_on")
    assert [(row.title, row.ends_on) for row in versions] == [
        ("旧举措", today - timedelta(days=1)),
        ("新举措", None),
    ]


def test_words_of_a_pillar_get_a_history(office):
    pillar = PillarFactory()
    before = pillar.title

    office.post(
        admin_url("campaigns.Pillar", "change", pillar.pk),
        {"title": "新板块", "summary": pillar.summary},
    )

    titles = [row.title for row in pillar.versions.order_by("starts_on")]
    assert titles == [before, "新板块"]


def test_target_without_a_period_comes_back_with_the_reason(office):
    initiative = InitiativeFactory(counts_as_service=False)

    response = _save(office, initiative, target_count="2")

    assert "目标次数和目标周期须一并填写。" in response.content.decode()


def test_target_is_saved_with_its_period(office):
    initiative = InitiativeFactory(counts_as_service=False)

    _save(office, initiative, target_count="2", target_period="quarter")

    initiative.refresh_from_db()
    assert (initiative.target_count, initiative.target_period) == (2, "quarter")


def test_initiative_with_activities_keeps_kind_and_pillar_whatever_is_sent(office):
    initiative = ActivityFactory().initiative
    other = PillarFactory(code=Pillar.Code.DUTY)

    _save(office, initiative, pillar=other.pk, kind="deed", evidence_hint="新")

    saved = Initiative.objects.get(pk=initiative.pk)
    assert (saved.kind, saved.pillar) == (initiative.kind, initiative.pillar)
    assert saved.evidence_hint == "新"


def test_kind_is_refused_for_an_activity_recorded_since_the_page_was_opened():
    initiative = ActivityFactory().initiative

    with pytest.raises(InitiativeRefused, match="已有活动的举措"):
        update_initiative(
            initiative=initiative,
            values={"kind": "deed"},
            today=timezone.localdate(),
            by=None,
        )


def test_unused_initiative_may_change_its_kind(office, office_official):
    initiative = InitiativeFactory(counts_as_service=False)

    _save(office, initiative, kind="deed")

    initiative.refresh_from_db()
    [entry] = history_of(initiative)
    assert initiative.kind == "deed"
    changes = {"kind": ["publicity", "deed"]}
    assert entry.data == {"fields": ["kind"], "changes": changes}
    assert entry.actor_id == office_official.pk


def test_template_is_kept_by_the_office(office):
    initiative = InitiativeFactory()

    office.post(
        admin_url("campaigns.ActivityTemplate", "add"),
        {
            "initiative": initiative.pk,
            "name": "主题党日",
            "title": "主题党日活动",
            "duration_minutes": "90",
            "is_open": "on",
            "position": "1",
        },
    )

    template = ActivityTemplate.objects.get()
    assert (template.initiative, template.name) == (initiative, "主题党日")
