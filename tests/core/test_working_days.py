"""Working days, held against the notices of the State Council."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from core.errors import RuleError
from core.working_days import (
    CalendarMissing,
    add_working_days,
    check_holidays_file,
    is_working_day,
    missing_years,
    working_days_between,
)


def span(first, last):
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        yield day
        day += timedelta(days=1)


# By hand from the notices: days off (first and last of each span, weekends in them
# included) and the Saturdays and Sundays that are worked.
NOTICES = {
    # 国办发明电〔2023〕7号, 25 October 2023
    2024: (
        [
            ("2024-01-01", "2024-01-01"),
            ("2024-02-10", "2024-02-17"),
            ("2024-04-04", "2024-04-06"),
            ("2024-05-01", "2024-05-05"),
            ("2024-06-10", "2024-06-10"),
            ("2024-09-15", "2024-09-17"),
            ("2024-10-01", "2024-10-07"),
        ],
        "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 "
        "2024-09-29 2024-10-12",
    ),
    # 国办发明电〔2024〕12号, 12 November 2024
    2025: (
        [
            ("2025-01-01", "2025-01-01"),
            ("2025-01-28", "2025-02-04"),
            ("2025-04-04", "2025-04-06"),
            ("2025-05-01", "2025-05-05"),
            ("2025-05-31", "2025-06-02"),
            ("2025-10-01", "2025-10-08"),
        ],
        "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11",
    ),
    # 国办发明电〔2025〕7号, 4 November 2025
    2026: (
        [
            ("2026-01-01", "2026-01-03"),
            ("2026-02-15", "2026-02-23"),
            ("2026-04-04", "2026-04-06"),
            ("2026-05-01", "2026-05-05"),
            ("2026-06-19", "2026-06-21"),
            ("2026-09-25", "2026-09-27"),
            ("2026-10-01", "2026-10-07"),
        ],
        "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10",
    ),
}


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_a_published_year_is_as_the_notice_says(year):
    spans, worked = NOTICES[year]
    off = {day for first, last in spans for day in span(first, last)}
    made_up = set(map(date.fromisoformat, worked.split()))

    assert {
        day for day in span(f"{year}-01-01", f"{year}-12-31") if is_working_day(day)
    } == {
        day
        for day in span(f"{year}-01-01", f"{year}-12-31")
        if day in made_up or (day.weekday() < 5 and day not in off)
    }


# Days of the year less 104 days of weekends and the 11 (from 2025: 13) public holidays;
# days off and make-up days beyond them cancel out.
@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_the_notice_leaves(year, days):
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == days


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        ("2026-11-20", 5, "2026-11-27"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-09-30", 10, "2026-10-20"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2026-02-24", -2, "2026-02-13"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2026-10-03", 0, "2026-10-03"),
    ],
    ids=[
        "weekend", "from-saturday", "make-up", "over-the-festival", "ten",
        "back", "back-over-the-festival", "over-the-year", "none",
    ],
)  # fmt: skip
def test_counting_on_finds_the_day_and_counting_between_comes_back(day, count, then):
    day, then = date.fromisoformat(day), date.fromisoformat(then)

    assert add_working_days(day, count) == then
    assert working_days_between(day, then) == count


def test_a_year_without_data_is_refused_in_words_and_never_guessed():
    with pytest.raises(CalendarMissing) as caught:
        add_working_days(date(2003, 1, 3), -5)

    assert isinstance(caught.value, RuleError)
    assert caught.value.year == 2003
    assert "没有 2003 年的放假调休安排" in str(caught.value)
    assert "系统管理员" in str(caught.value)


def test_counting_stops_at_the_end_of_the_known_years():
    with pytest.raises(CalendarMissing) as caught:
        working_days_between(date(2026, 12, 30), date(2040, 1, 5))

    assert caught.value.year > 2026


def test_a_moment_is_no_day():
    with pytest.raises(TypeError, match="localdate"):
        is_working_day(timezone.now())


@pytest.fixture
def holidays_file(tmp_path, settings):
    def write(text):
        path = tmp_path / "holidays.csv"
        path.write_text(text, encoding="utf-8")
        settings.HOLIDAYS_FILE = str(path)

    return write


YEAR = "2040,complete\n2040-01-01,rest\n2040-05-01,rest\n2040-10-01,rest\n"


def test_a_year_of_the_file_is_known_with_its_make_up_days(holidays_file):
    holidays_file(f"# made up\ndate,kind\n\n{YEAR}2040-01-02,rest\n2040-01-07,work\n")

    worked = [
        day.day for day in span("2040-01-01", "2040-01-09") if is_working_day(day)
    ]

    # 1 January 2040 is a Sunday.
    assert worked == [3, 4, 5, 6, 7, 9]
    assert missing_years(date(2040, 10, 31)) == []
    assert missing_years(date(2040, 11, 1)) == [2041]


def test_a_notice_may_change_the_december_before(holidays_file):
    holidays_file(
        "2027,complete\n2027-01-01,rest\n2027-05-01,rest\n2027-10-01,rest\n"
        "2026-12-27,work\n2026-12-31,rest\n"
    )

    assert is_working_day(date(2026, 12, 27))
    assert not is_working_day(date(2026, 12, 31))
    assert is_working_day(date(2026, 12, 30))
    assert add_working_days(date(2026, 12, 30), 1) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2040-01-02,rest\n", "no line “2040,complete”"),
        ("2040,complete\n2040-01-01,rest\n", "does not give 2040-05-01 as rest"),
        (f"{YEAR}2040-01-01,work\n", "line 5: 2040-01-01 is there twice"),
        (f"{YEAR}2040-13-01,rest\n", "line 5: “2040-13-01” is no date"),
        (f"{YEAR}2040-01-02,holiday\n", "neither 2027-01-01,rest nor"),
        (f"{YEAR}2040-01-02\n", "line 5: two values are expected"),
        (YEAR.replace("01-01,rest", "01-01,work"), "does not give 2040-01-01"),
    ],
    ids=["open", "half", "twice", "date", "kind", "one-value", "new-year-worked"],
)
def test_a_file_that_cannot_be_relied_on_is_refused(holidays_file, text, words):
    holidays_file(text)

    with pytest.raises(ImproperlyConfigured, match=words):
        check_holidays_file()


def test_a_file_in_another_encoding_is_refused(holidays_file, tmp_path):
    holidays_file(YEAR)
    (tmp_path / "holidays.csv").write_bytes("日期".encode("gb18030"))

    with pytest.raises(ImproperlyConfigured, match="HOLIDAYS_FILE cannot be read"):
        check_holidays_file()
