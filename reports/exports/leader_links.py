"""The report of leaders' two links: one row for each person in office."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.models import (
    Community,
    Leader,
    LeaderTerm,
    LeadingPost,
    Organization,
)
from reports.boundaries import Names
from reports.exports.base import (
    LINKS,
    ORGANIZATION_FILTERS,
    PLACE_FILTERS,
    Report,
    ReportColumn,
)
from reports.exports.masks import mask_name
from reports.queries import reported_leaders
from reports.queries.links import LINKED_ONCE, LINKED_TWICE, MISSING

PART_ROWS = 500
LINK_STATES = [
    (LINKED_TWICE, _("双挂钩")),
    (LINKED_ONCE, _("只有一项挂钩")),
    (MISSING, _("未挂钩")),
]


class LeaderReport(Report):
    """A person's posts stand in one cell, so that each person is one row."""

    def full_rows(self, rows: QuerySet, boundary: str) -> Iterator[list]:
        names = Names(boundary)
        unit = names.lookup(Organization, "unit_name")
        street, place = (names.lookup(Community, what) for what in ("street", "name"))
        labels = dict(LINK_STATES)
        found = rows.iterator(PART_ROWS)
        while part := list(islice(found, PART_ROWS)):
            posts = _posts_of(part, unit)
            for row in part:
                first, second, day = row.first_id, row.second_id, row.told_on
                yield [
                    row.pk,
                    row.name,
                    "、".join(posts[row.pk]),
                    street(first, day),
                    place(first, day),
                    row.first_since,
                    street(second, day),
                    place(second, day) or row.second_label,
                    row.second_since,
                    str(labels[row.link_state]),
                ]


def _posts_of(
    leaders: list[Leader], unit: Callable[[int, date], str | None]
) -> dict[int, list[str]]:
    """Leader's number to all posts held on the day, by unit and rank."""
    day = leaders[0].told_on
    terms = (
        LeaderTerm.objects.on(day)
        .filter(leader__in=leaders, post__in=LeadingPost.objects.on(day).values("pk"))
        .order_by("post__organization__path", "post__rank", "post")
        .values_list("leader_id", "post__organization_id", "post__title")
    )
    posts: dict[int, list[str]] = defaultdict(list)
    for leader, organization, title in terms:
        posts[leader].append(
            gettext("%(unit)s%(title)s")
            % {"unit": unit(organization, day), "title": title}
        )
    return posts


LEADER_LINKS = LeaderReport(
    slug="leader-links",
    title=_("领导双挂钩"),
    counts=_(
        "每位在任的领导班子成员一行，在几个单位任职的也只算一次；空缺的职务不列。"
        "按街道（镇）或社区（村）筛选时，只列挂钩到那里的人。"
    ),
    period=_("按截止日期当天的任职和挂钩统计，不填按今天；不看开始日期。"),
    states=LINK_STATES,
    rows=reported_leaders,
    moment="",
    topic=LINKS,
    filters=(*ORGANIZATION_FILTERS, *PLACE_FILTERS, "ends_on", "state", "boundary"),
    columns=(
        ReportColumn("pk", _("编号"), "int", 8),
        ReportColumn("name", _("姓名"), width=10, mask=mask_name),
        ReportColumn("posts", _("单位和职务"), width=36),
        ReportColumn("first_street", _("挂钩街道（镇）")),
        ReportColumn("first", _("挂钩社区（村）")),
        ReportColumn("first_since", _("挂钩开始"), "date", 12),
        ReportColumn("second_street", _("第二挂钩点街道（镇）")),
        ReportColumn("second", _("第二挂钩点"), width=20),
        ReportColumn("second_since", _("第二挂钩开始"), "date", 12),
        ReportColumn("link_state", _("挂钩情况"), width=12),
    ),
)
