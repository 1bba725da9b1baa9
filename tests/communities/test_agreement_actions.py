"""Recording, renewing and ending agreements; handing them over."""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage

from communities.actions.agreements import (
    AgreementRefused,
    attach_agreement_file,
    end_agreement,
    record_agreement,
    renew_agreement,
)
from communities.actions.handovers.agreements import AgreementHandover
from communities.models import Agreement
from core.uploads import CheckedDocument, open_private, remove_private
from tests.factories.agreements import AgreementFactory
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    PairingFactory,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
ON, BEFORE = date(2026, 5, 1), date(2026, 4, 30)
PAPER = CheckedDocument(b"%PDF-paper", "pdf", "协议.pdf", "0" * 64, "0" * 64)
HANDOVER = AgreementHandover()


@pytest.fixture
def pairing():
    return PairingFactory()


def record(pairing, **values):
    return record_agreement(
        **{
            "organization": pairing.organization,
            "community": pairing.community,
            "title": "共建协议",
            "signed_on": FIRST,
            "starts_on": FIRST,
            "ends_on": LAST,
            "summary": "共建事项",
            "by": None,
            **values,
        }
    )


def renew(agreement, **values):
    return renew_agreement(
        **{
            "agreement": agreement,
            "title": "续签",
            "signed_on": LAST,
            "ends_on": date(2027, 12, 31),
            "summary": "共建事项",
            "by": None,
            **values,
        }
    )


def stored_files():
    folder = Path(default_storage.path("agreements"))
    return sorted(path for path in folder.rglob("*") if path.is_file())


def terms():
    return sorted(
        Agreement.objects.values_list("organization__unit_name", "starts_on", "ends_on")
    )


def test_agreement_of_a_pair_is_recorded_with_its_file(pairing):
    agreement = record(pairing, file=PAPER)

    with open_private(agreement.file) as file:
        assert file.read() == PAPER.content
    assert agreement.file_name == "协议.pdf"
    remove_private(agreement.file)


def test_agreement_without_a_pairing_in_its_time_is_refused(pairing):
    pairing.ends_on = date(2025, 12, 31)
    pairing.starts_on = date(2025, 1, 1)
    pairing.save()

    with pytest.raises(AgreementRefused, match="没有结对"):
        record(pairing)


def test_refused_agreement_leaves_no_file(pairing):
    before = stored_files()

    with pytest.raises(AgreementRefused):
        record(pairing, ends_on=date(2025, 1, 1), file=PAPER)

    assert stored_files() == before


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ends_on": date(2025, 12, 31)}, "到期日期"),
        ({"signed_on": date(2026, 1, 2)}, "签订日期"),
    ],
)
def test_agreement_with_dates_that_do_not_fit_is_refused(pairing, values, words):
    with pytest.raises(AgreementRefused, match=words):
        record(pairing, **values)


def test_second_agreement_of_a_pair_in_the_same_time_is_refused(pairing):
    record(pairing)

    with pytest.raises(AgreementRefused, match="不能重叠"):
        record(pairing, starts_on=LAST, ends_on=date(2027, 1, 1))


def test_renewal_starts_the_day_after_and_points_back(pairing):
    old = record(pairing)

    new = renew(old)

    assert (new.renews, new.starts_on) == (old, date(2027, 1, 1))
    assert (new.organization, new.community) == (old.organization, old.community)


def test_agreement_is_renewed_once(pairing):
    old = record(pairing)
    renew(old)

    with pytest.raises(AgreementRefused, match="已经续签过"):
        renew(old)


def test_file_is_added_once(pairing):
    agreement = record(pairing)

    attach_agreement_file(agreement=agreement, file=PAPER, by=None)
    with pytest.raises(AgreementRefused, match="已有文件"):
        attach_agreement_file(agreement=agreement, file=PAPER, by=None)

    agreement.refresh_from_db()
    assert agreement.file_name == "协议.pdf"
    remove_private(agreement.file)


def test_agreement_ends_early(pairing):
    agreement = record(pairing)

    end_agreement(agreement=agreement, last_day=BEFORE, reason="双方同意", by=None)

    agreement.refresh_from_db()
    assert agreement.ends_on == BEFORE


@pytest.mark.parametrize("day", [date(2025, 12, 31), LAST, date(2027, 1, 1)])
def test_agreement_does_not_end_outside_its_time(pairing, day):
    agreement = record(pairing)

    with pytest.raises(AgreementRefused, match="最后一天须在"):
        end_agreement(agreement=agreement, last_day=day, reason="误", by=None)


@pytest.mark.parametrize(
    ("day", "is_renewed", "state"),
    [
        ("2025-12-31", False, "proposed"),
        ("2026-01-01", False, "active"),
        ("2026-11-30", False, "active"),
        ("2026-12-01", False, "ending"),
        ("2026-12-31", False, "ending"),
        ("2026-12-31", True, "active"),
        ("2027-01-01", False, "ended"),
        ("2027-01-01", True, "renewed"),
    ],
)
def test_state_is_read_off_the_dates(pairing, day, is_renewed, state):
    agreement = record(pairing)
    if is_renewed:
        renew(agreement)

    with time_machine.travel(f"{day} 12:00+08:00"):
        assert Agreement.objects.get(pk=agreement.pk).state == state


# Handing over ---------------------------------------------------------------


@pytest.fixture
def units():
    old = OrganizationFactory(unit_name="旧局")
    return old, OrganizationFactory(unit_name="新局", parent=old.parent)


def test_agreement_in_force_goes_on_under_the_successor(units):
    old, new = units
    agreement = AgreementFactory(organization=old, file="a/b", file_name="c.pdf")

    assert HANDOVER.move(old, new, on=ON, by=None) == 1

    assert terms() == [("新局", ON, LAST), ("旧局", FIRST, BEFORE)]
    follows = Agreement.objects.get(organization=new)
    assert (follows.renews, follows.file) == (agreement, "a/b")


def test_agreement_goes_to_the_highest_of_the_successors_unit(units):
    old, _other = units
    new = OrganizationFactory(kind="general_branch", unit_name="新局")
    branch = OrganizationFactory(unit_name="新局", parent=new)
    AgreementFactory(organization=old)

    HANDOVER.move(old, branch, on=ON, by=None)

    assert Agreement.objects.filter(organization=new).count() == 1


def test_agreement_of_the_successor_with_the_same_partner_stays(units):
    old, new = units
    agreement = AgreementFactory(organization=old)
    AgreementFactory(organization=new, community=agreement.community)

    [held] = HANDOVER.held(old, on=ON, to=new)
    HANDOVER.move(old, new, on=ON, by=None)

    assert "已与对方签有协议" in held.outcome
    assert terms() == [("新局", FIRST, LAST), ("旧局", FIRST, BEFORE)]


def test_agreement_of_later_changes_hands_and_a_past_one_does_not(units):
    old, new = units
    AgreementFactory(organization=old, starts_on=date(2026, 6, 1))
    AgreementFactory(organization=old, ends_on=BEFORE)

    HANDOVER.move(old, new, on=ON, by=None)

    assert terms() == [("新局", date(2026, 6, 1), LAST), ("旧局", FIRST, BEFORE)]
    assert HANDOVER.kept(old, on=ON) == 1


def test_chain_of_renewals_stays_whole_over_a_merge(units):
    old, new = units
    agreement = AgreementFactory(organization=old)
    renewal = AgreementFactory(
        organization=old,
        community=agreement.community,
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        renews=agreement,
    )

    HANDOVER.move(old, new, on=ON, by=None)

    renewal.refresh_from_db()
    assert renewal.organization == new
    assert renewal.renews.renews == agreement
    assert renewal.renews.organization == new


def test_agreements_of_a_community_go_to_its_successor():
    old, new = CommunityFactory(), CommunityFactory()
    chosen, stays = AgreementFactory.create_batch(2, community=old)

    HANDOVER.move(old, new, on=ON, by=None, keys={str(chosen.pk)})

    stays.refresh_from_db()
    assert (stays.community, stays.ends_on) == (old, LAST)
    assert [row.organization for row in new.agreements.all()] == [chosen.organization]
