"""What stands in a ledger, and what does not."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.actions.campaigns import freeze_campaign
from campaigns.models import StudySession
from communities.actions.history import keep_version
from reports.ledger import ledger_of
from reports.ledger_rows import entries_of
from tests.communities.trees import branch, committee
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignFactory, EvidenceFactory
from tests.factories.communities import OrganizationFactory
from tests.reports.ledgers import APRIL, JULY, JUNE, MAY, activity, join

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return CampaignFactory()


def counts(ledger):
    return {part.pillar.code: part.counts for part in ledger.parts if part.counts}


def listed(ledger):
    return [row.title for row in ledger.activities()]


def test_ledger_counts_by_pillar_and_month(organization, campaign):
    activity(organization, date(2026, 5, 1))
    activity(organization, date(2026, 5, 31))
    activity(organization, date(2026, 6, 1), pillar="virtue", participant_count=7)

    ledger = ledger_of(organization, campaign, APRIL, JULY)

    assert counts(ledger) == {"service": {MAY: 2}, "virtue": {JUNE: 1}}
    assert (ledger.total, ledger.participants) == (3, 7)
    assert ledger.months == [APRIL, MAY, JUNE, JULY]


def test_ledger_cuts_months_at_midnight_in_beijing(organization, campaign):
    row = activity(organization, date(2026, 6, 1))
    row.starts_at -= timedelta(hours=9)  # 00:00, the evening of 31 May in UTC
    row.save()

    assert counts(ledger_of(organization, campaign, MAY, JUNE)) == {
        "service": {JUNE: 1}
    }


def test_ledger_lists_by_pillar_month_and_initiative(organization, campaign):
    activity(organization, date(2026, 6, 2), title="丁")
    activity(organization, date(2026, 5, 9), initiative="乙举措", title="丙")
    activity(organization, date(2026, 5, 3), title="乙")
    activity(organization, date(2026, 6, 9), pillar="awareness", title="甲")

    ledger = ledger_of(organization, campaign, APRIL, JULY)

    assert listed(ledger)[0] == "甲"
    assert listed(ledger)[-1] == "丁"


def test_ledger_has_what_stands_below_and_what_was_joined(campaign):
    organization = committee()
    below = branch(organization)
    other = OrganizationFactory()
    activity(below, date(2026, 5, 1), title="下级")
    joint = activity(other, date(2026, 5, 2), title="联办")
    join(joint, organization)
    join(joint, below)
    asked = activity(other, date(2026, 5, 3), title="未确认")
    join(asked, organization, state="invited")

    ledger = ledger_of(organization, campaign, MAY, MAY)

    assert listed(ledger) == ["下级", "联办"]
    assert ledger.total == 2


def test_ledger_says_what_waits_and_what_lies_outside(organization, campaign):
    activity(organization, date(2026, 5, 1), state="submitted")
    activity(organization, date(2026, 7, 1), state="submitted")
    activity(organization, date(2026, 5, 1), state="draft")
    activity(organization, date(2026, 3, 1))

    ledger = ledger_of(organization, campaign, MAY, JUNE)

    assert (ledger.total, ledger.waiting, ledger.outside) == (0, 1, 1)


def test_ledger_of_a_frozen_campaign_keeps_late_records_apart(organization, campaign):
    activity(organization, date(2026, 5, 1), title="按时")
    campaign.state = "closing"
    campaign.save()
    freeze_campaign(
        campaign=campaign, today=timezone.localdate(), by=UserFactory(), reason="示例"
    )
    activity(organization, date(2026, 5, 2), title="补录", in_addendum=True)
    campaign.refresh_from_db()

    main = ledger_of(organization, campaign, MAY, MAY)
    late = ledger_of(organization, campaign, MAY, MAY, addendum=True)

    assert (listed(main), listed(late)) == (["按时"], ["补录"])


def test_ledger_of_a_frozen_campaign_keeps_the_tree_of_that_day(campaign):
    above, elsewhere = committee(name="旧党委"), committee()
    below = branch(above)
    activity(below, date(2026, 5, 1), title="当时的下级")
    campaign.state, campaign.frozen_at = "frozen", timezone.now() - timedelta(days=9)
    campaign.save()
    yesterday = timezone.localdate() - timedelta(days=1)
    below.parent, below.path = elsewhere, f"{elsewhere.path}{below.pk}/"
    above.name = "新党委"
    for row in (above, below):
        row.save()
        keep_version(row, on=yesterday)

    ledger = ledger_of(above, campaign, MAY, MAY)

    assert (ledger.name, listed(ledger)) == ("旧党委", ["当时的下级"])


def test_entries_have_the_words_of_a_study_but_no_names(organization, campaign):
    row = activity(organization, date(2026, 5, 1), contact_name="联系人甲")
    StudySession.objects.create(
        activity=row,
        topic="示例主题",
        host="主持人乙",
        names="参加者丙",
        names_agreed_at=timezone.now(),
    )

    [entry] = entries_of(ledger_of(organization, campaign, MAY, MAY).activities())

    texts = str([entry.facts, entry.place, entry.organization, entry.moment])
    assert ("学习主题", "示例主题") in entry.facts
    assert not {"主持人乙", "参加者丙", "联系人甲"} & set(texts.split("'"))


def test_entries_have_the_names_of_their_day(organization, campaign):
    partner = OrganizationFactory(name="旧名支部")
    join(activity(organization, date(2026, 5, 1)), partner)
    partner.name = "新名支部"
    partner.save()
    keep_version(partner, on=JUNE)

    [entry] = entries_of(ledger_of(organization, campaign, MAY, MAY).activities())

    assert entry.partners == ["旧名支部"]


@pytest.mark.parametrize("count", [1, 3])
def test_entries_ask_as_often_for_more_activities(
    count, organization, campaign, django_assert_num_queries
):
    for day in range(1, count + 1):
        row = activity(organization, date(2026, 5, day))
        EvidenceFactory(activity=row)
        join(row, OrganizationFactory())
    rows = ledger_of(organization, campaign, MAY, MAY).activities()

    with django_assert_num_queries(9):
        assert len(list(entries_of(rows))) == count
