"""Links of units and communities: pairings, report-ins, leaders. As of today."""

from collections import Counter

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.charts import Line, bar_chart
from reports.overview.asked import Asked, Rows
from reports.overview.figures import (
    Figure,
    Part,
    Section,
    Table,
    TableRow,
    percent_text,
)
from reports.overview.streets import Streets, counted
from reports.overview.units import units_of_pairings


def pairings_section(asked: Asked, streets: Streets) -> Section:
    """Which units and communities are paired."""
    active = asked.standing("pairings", "active")
    held = list(active.queryset.values_list("organization", "community"))
    paired = {community for _unit, community in held}
    pairings = Counter(streets.of_community[community] for _unit, community in held)
    communities = {
        is_paired: Counter(
            street
            for pk, street in streets.standing(asked.today)
            if (pk in paired) == is_paired
        )
        for is_paired in (True, False)
    }
    units = units_of_pairings(asked, {unit for unit, _community in held})
    rows = []
    for street, name in streets.names.items():
        with_one, without = communities[True][street], communities[False][street]
        rows.append(
            TableRow(
                name,
                [
                    Figure(_("结对"), pairings[street], active.url(street=street)),
                    *_communities(asked, with_one, without, street=street),
                ],
            )
        )
    with_one, without = (communities[each].total() for each in (True, False))
    figures = [
        Figure(_("生效中的结对"), len(held), active.url()),
        Figure(_("已结对单位"), len(units.paired), asked.rows_url("units_paired")),
    ]
    if not asked.street:
        # Units of no street: which of them lack a pairing is a question of all.
        figures.append(
            Figure(
                _("未结对单位"), len(units.unpaired), asked.rows_url("units_unpaired")
            )
        )
    figures += _communities(asked, with_one, without)
    headings = [_("结对"), _("已结对社区"), _("未结对社区")]
    chart = bar_chart(
        "pairings",
        title=_("各街道（镇）已结对和未结对的社区（村）"),
        gist=_("%(whole)s 个社区（村）中 %(part)s 个已结对。")
        % {"whole": with_one + without, "part": with_one},
        lines=[_line(row.label, *row.figures[1:3]) for row in rows],
        parts=(_("已结对"), _("未结对")),
    )
    table = Table(_("各街道（镇）的结对"), _("街道（镇）"), headings, rows)
    about = _("按今天生效的结对统计，不随期间变化。")
    if asked.organization:
        about += _("这里的已结对、未结对，指与所选党组织及其下级。")
    return Section(
        "pairings",
        _("挂钩结对"),
        about,
        figures,
        [Part(chart, table)],
        [(_("看结对名册"), reverse("communities:pairing_list"))],
    )


def report_ins_section(asked: Asked, streets: Streets) -> Section:
    """For which pairs the unit has reported in; how many members, never who."""
    columns = [
        (_("已签收"), asked.standing("pairings", "reported")),
        (_("未报到"), asked.standing("pairings", "unreported")),
        (_("党员已报到"), asked.standing("member-report-ins", "active")),
        (_("党员待签收"), asked.standing("member-report-ins", "submitted")),
    ]
    rows, figures = by_street(columns, streets)
    received, missing, members, _waiting = figures
    paired = received.value + missing.value
    due = Figure(
        _("应报到"),
        paired,
        asked.standing("pairings", "active").url(),
        _("已签收 %(share)s") % {"share": percent_text(received.value, paired)},
    )
    units = bar_chart(
        "report-ins",
        title=_("各街道（镇）单位报到"),
        gist=_("%(whole)s 对单位和社区中，%(part)s 对已报到并签收。")
        % {"whole": paired, "part": received.value},
        lines=[_line(row.label, *row.figures[:2]) for row in rows],
        parts=(_("已签收"), _("未报到")),
    )
    persons = bar_chart(
        "members",
        title=_("各街道（镇）已报到的党员人数"),
        gist=_("共 %(count)s 名党员已到居住社区报到。") % {"count": members.value},
        lines=[
            Line(row.label, [row.figures[2].value], row.figures[2].text) for row in rows
        ],
    )
    return Section(
        "report-ins",
        _("双报到"),
        _("单位报到按今天生效的结对统计，党员报到只计人数。都不随期间变化。"),
        [due, *figures],
        [
            Part(units, _part_of(_("单位报到"), columns[:2], rows, slice(0, 2))),
            Part(persons, _part_of(_("党员报到"), columns[2:], rows, slice(2, 4))),
        ],
        [(_("看单位报到"), reverse("communities:report_in_list"))],
    )


def leaders_section(asked: Asked) -> Section:
    """How far persons in office have their two links; each counts once."""
    rows = asked.standing("leader-links", "")
    states = Counter(
        dict(rows.queryset.values_list("link_state").annotate(count=Count("pk")))
    )
    whole = states.total()
    labels = {
        "linked_twice": _("双挂钩齐全"),
        "linked_once": _("只有一处"),
        "missing": _("都没有"),
    }
    figures = [
        Figure(label, states[state], rows.url(state=state))
        for state, label in labels.items()
    ]
    values = [figure.value for figure in figures]
    share = _("齐全 %(share)s") % {"share": percent_text(values[0], whole)}
    chart = bar_chart(
        "leaders",
        title=_("在职领导双挂钩"),
        gist=_("%(whole)s 名在职领导，%(part)s 名双挂钩齐全。")
        % {"whole": whole, "part": values[0]},
        lines=[Line(_("在职领导"), values, share)],
        parts=tuple(labels.values()),
        whole=whole,
    )
    headings = [_("在职领导"), *labels.values()]
    every = [Figure(headings[0], whole, rows.url(), share), *figures]
    table = Table(_("双挂钩情况"), _("范围"), headings, [TableRow(_("合计"), every)])
    return Section(
        "leaders",
        _("领导双挂钩"),
        _("按今天在职的人统计，一人任多职只计一次；不按个人排列。"),
        every,
        [Part(chart, table)],
        [(_("看各单位双挂钩"), reverse("communities:leader_list"))],
    )


def by_street(
    columns: list[tuple[str, Rows]], streets: Streets, lookup: str = "community"
) -> tuple[list[TableRow], list[Figure]]:
    """A line for each street with a figure from each of these rows, and their sums."""
    counts = [
        (label, rows, counted(rows.queryset, f"{lookup}__subdistrict"))
        for label, rows in columns
    ]
    lines = [
        TableRow(
            name,
            [
                Figure(label, count[street], rows.url(street=street))
                for label, rows, count in counts
            ],
        )
        for street, name in streets.names.items()
    ]
    sums = [Figure(label, count.total(), rows.url()) for label, rows, count in counts]
    return lines, sums


def _communities(
    asked: Asked, with_one: int, without: int, **changes: object
) -> list[Figure]:
    url = asked.rows_url
    return [
        Figure(_("已结对社区"), with_one, url("communities_paired", **changes)),
        Figure(_("未结对社区"), without, url("communities_unpaired", **changes)),
    ]


def _line(label: str, part: Figure, rest: Figure) -> Line:
    words = {"part": part.text, "whole": f"{part.value + rest.value:,}"}
    return Line(label, [part.value, rest.value], _("%(part)s / %(whole)s") % words)


def _part_of(
    title: str, columns: list[tuple[str, Rows]], rows: list[TableRow], cut: slice
) -> Table:
    lines = [TableRow(row.label, row.figures[cut]) for row in rows]
    headings = [label for label, _rows in columns]
    return Table(title, _("街道（镇）"), headings, lines)
