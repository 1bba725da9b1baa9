"""The words of a clock; a working day has seven hours."""

import pytest

from campaigns.queries.whistle_words import clock_look, time_left_words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (840, "剩 2 个工作日"),
        (839, "剩 1 个工作日 6 小时"),
        (180, "剩 3 小时"),
        (59, "剩 59 分钟"),
        (0, "已到时限"),
        (-1, "已超时 1 分钟"),
        (-540, "已超时 1 个工作日 2 小时"),
    ],
)
def test_time_left_words_at_each_length_name_its_largest_parts(minutes, words):
    assert time_left_words(minutes) == words


@pytest.mark.parametrize(
    ("minutes", "total", "look"),
    [
        (106, 420, "running"),
        (105, 420, "pending"),
        (61, 100, "running"),
        (60, 100, "pending"),
        (0, 420, "pending"),
        (-1, 420, "overdue"),
    ],
)
def test_clock_look_by_what_is_left_asks_for_attention_in_time(minutes, total, look):
    assert clock_look(minutes, total) == look
