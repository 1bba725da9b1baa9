"""Pages of certificates: one's own, and the one where anybody checks a number."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, ConfirmedRecordFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Certificate

pytestmark = pytest.mark.django_db
LIST = reverse("volunteers:certificate_list")
CHECK = reverse("volunteers:certificate_check")
WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in "XC2026-7K4M-P9QT")


@pytest.fixture
def record(db):
    yesterday = timezone.now() - timedelta(days=1)
    return ConfirmedRecordFactory(starts_at=yesterday, minutes=95)


def test_one_asks_for_a_certificate_and_sees_it(record, signed_in):
    client = signed_in(record.volunteer.user)

    response = client.post(LIST, {"period": "all"}, follow=True)

    certificate = Certificate.objects.get()
    assert response.redirect_chain == [
        (reverse("volunteers:certificate_detail", args=[certificate.pk]), 302)
    ]
    assert certificate.number in response.text
    assert "1.6 小时（95 分钟）" in response.text


def test_days_without_confirmed_hours_are_refused_on_the_page(record, signed_in):
    days = {"period": "days", "from_on": "2020-01-01", "until_on": "2020-12-31"}

    response = signed_in(record.volunteer.user).post(LIST, days)

    assert response.status_code == 422
    assert "这段时间没有已确认的服务时长" in response.text


def test_who_has_no_hours_gets_no_form(signed_in):
    client = signed_in(UserFactory())

    assert "时长经组织者确认后" in client.get(LIST).text
    assert client.post(LIST, {"period": "all"}).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    rows, signed_in, django_assert_num_queries
):
    volunteer = VolunteerFactory()
    for year in range(rows):
        CertificateFactory(volunteer=volunteer, from_on=f"20{20 + year}-01-01")
    client = signed_in(volunteer.user)

    with django_assert_num_queries(7):
        response = client.get(LIST)

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize(
    "typed",
    [
        "XC2026-7K4M-P9QT",
        " xc2026 7k4m p9qt",
        WIDE,
        "XC2026—7k4m—p9qt",
    ],
    ids=["printed", "small and blanks", "full width", "long dashes"],
)
def test_a_number_is_found_however_it_is_typed(typed, client):
    certificate = CertificateFactory(number="XC2026-7K4M-P9QT")

    response = client.get(CHECK, {"number": typed})

    assert response.headers["Location"] == certificate.get_absolute_url()


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("张三丰", "张**"), ("丁", "*"), ("阿卜杜拉·买买提", "阿***")],
)
def test_anybody_sees_who_it_is_for_masked(name, masked, client):
    certificate = CertificateFactory(holder_name=name)

    response = client.get(certificate.get_absolute_url())

    assert f"<dd>{masked}</dd>" in response.text
    assert f"<dd>{name}" not in response.text
    assert "2.0 小时" in response.text
    assert "示例党支部" in response.text
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("issued", "这份证明有效"),
        ("superseded", "被新证明替代"),
        ("revoked", "撤销，不再有效"),
    ],
)
def test_anybody_sees_whether_it_is_valid_but_not_why_not(state, words, client):
    certificate = CertificateFactory(state=state, reason="王五没有来")

    response = client.get(certificate.get_absolute_url())

    assert words in response.text
    assert "王五" not in response.text


def test_numbers_that_are_none_and_that_are_unknown_get_one_answer(client):
    answers = {
        client.get(reverse("volunteers:certificate_verify", args=[number]))
        .text.replace(number, "…")
        .partition("<main")[2]
        for number in ("XC2026-AAAA-AAAA", "nonsense")
    }

    assert len(answers) == 1
    assert "没有找到这个编号" in answers.pop()
