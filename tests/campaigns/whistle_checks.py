"""What holds for whistles at every moment, and between any two."""

from collections import Counter
from dataclasses import dataclass, field

from campaigns.models import Whistle, WhistleEntry, WhistleResponse
from campaigns.rules import Side
from core.working_hours import working_minutes_between
from reports.whistle_rates import Figure, Question, total_of
from tests.campaigns.whistle_world import KINDS_OF, SIDE_OF

W, R = Whistle.State, WhistleResponse.State
WORKING = {W.DISPATCHED, W.ACCEPTED, W.HANDLING, W.REOPENED}
JUDGED = {W.DELIVERED, W.VERIFIED}
OUT = {W.WITHDRAWN, W.MERGED}
OVER = OUT | {W.CLOSED}
OPEN = {R.ASKED, R.ACCEPTED, R.HANDLING}
LIVE = OPEN | {R.DELIVERED}


@dataclass
class Look:
    """All whistles and responses at a moment."""

    now: object
    whistles: dict = field(default_factory=dict)
    responses: dict = field(default_factory=dict)

    def __post_init__(self):
        rows = Whistle.objects.select_related("community__subdistrict", "category")
        self.whistles = {row.pk: row for row in rows.order_by("pk")}
        held = {pk: [] for pk in self.whistles}
        rows = WhistleResponse.objects.select_related("organization", "extension")
        for row in rows.order_by("pk"):
            row.whistle = self.whistles[row.whistle_id]
            held[row.whistle_id].append(row)
            self.responses[row.pk] = row
        for pk, whistle in self.whistles.items():
            whistle._prefetched_objects_cache = {"responses": _Rows(held[pk])}

    def changed_since(self, before):
        """Numbers of whistles that were changed or have changed responses."""
        numbers = {
            pk
            for pk, row in self.whistles.items()
            if _values(row) != _values(before.whistles.get(pk))
        }
        return numbers | {
            row.whistle_id
            for pk, row in self.responses.items()
            if _values(row) != _values(before.responses.get(pk))
        }


class _Rows(list):
    """Rows read already; `all()` is what prefetched relations are asked for."""

    def all(self):
        return self


def _values(row):
    if row is None:
        return None
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


# At a moment -------------------------------------------------------------------


def check_states(look):
    for whistle in look.whistles.values():
        rows = whistle.responses.all()
        assert (whistle.state in OVER) == (whistle.ended_at is not None)
        assert (whistle.state == W.MERGED) == (whistle.merged_into_id is not None)
        assert whistle.number or whistle.state in {W.DRAFTED, W.WITHDRAWN}
        assert whistle.reopened_count <= 2
        assert not whistle.resolution or whistle.state == W.CLOSED
        held = Counter(row.organization_id for row in rows if row.state in LIVE)
        assert set(held.values()) <= {1}
        live = {row.state for row in rows if row.state in LIVE}
        assert _fits(whistle.state, live), (whistle.state, live)


def _fits(state, live):
    """Whether the state is what the live responses add up to."""
    if state in {W.DRAFTED, W.ISSUED, W.RETURNED}:
        return not live
    if state in OUT:
        return not live & OPEN
    if state in {*JUDGED, W.CLOSED}:
        return live == {R.DELIVERED}
    if state == W.DISPATCHED:
        return live == {R.ASKED}
    if state == W.ACCEPTED:
        return R.ACCEPTED in live and live <= {R.ASKED, R.ACCEPTED}
    if state == W.REOPENED:
        return live == {R.HANDLING}
    return bool(live & {R.HANDLING, R.DELIVERED}) and live != {R.DELIVERED}


def check_counts(look):
    """The figures of the rates, added up here once more, without what is out."""
    counted = [row for row in look.responses.values() if row.whistle.state not in OUT]
    due = [row for row in counted if _was_due(row, look.now)]
    closed = [row for row in look.whistles.values() if row.state == W.CLOSED]
    late = {row.whistle_id for row in counted if row.delivered_late and is_done(row)}
    rated = [row for row in closed if row.resolution]
    in_time = [row for row in due if row.accepted_at]
    in_time = [row for row in in_time if row.accepted_at <= row.accept_due_at]
    expected = {
        Figure.DUE: len(due),
        Figure.IN_TIME: len(in_time),
        Figure.CLOSED: len(closed),
        Figure.ON_TIME: len([row for row in closed if row.pk not in late]),
        Figure.RATED: len(rated),
        Figure.SOLVED: len([row for row in rated if row.resolution == "solved"]),
        Figure.SATISFIED: len([row for row in rated if row.is_satisfied]),
        Figure.UNRATED: len(closed) - len(rated),
    }
    everything = WhistleResponse.objects.order_by()
    assert total_of(Question(everything, None, None, look.now)).counts == expected


def is_done(row):
    return row.state == R.DELIVERED


def _was_due(row, now):
    due_at = row.due_at if row.state == R.ASKED else row.accept_due_at
    return row.accepted_at is not None or (due_at is not None and due_at <= now)


# Between two moments --------------------------------------------------------------


def check_clocks(before, after):
    for pk, row in after.responses.items():
        assert (row.due_at is not None) == row.clock_runs == (row.state in OPEN)
        if held := before.responses.get(pk):
            assert _kept(held, row)
            if (held.state == R.ASKED) == (row.state == R.ASKED):
                _check_goes_on(held, row, before, after)
        else:
            assert row.clock_used >= _used_before(row)
    for pk, row in after.whistles.items():
        runs = row.state in JUDGED | {W.ISSUED}
        assert (row.due_at is not None) == row.clock_runs == runs
        held = before.whistles.get(pk)
        if held and not _begins_anew(held.state, row.state):
            _check_goes_on(held, row, before, after)


def _check_goes_on(held, row, before, after):
    """One clock: what has run never shrinks, its end never comes nearer."""
    assert _ran(row, after.now) >= _ran(held, before.now)
    assert row.clock_minutes >= held.clock_minutes
    if held.due_at and row.due_at:
        assert row.due_at >= held.due_at
        if row.clock_minutes == held.clock_minutes:
            assert row.overdue_step >= held.overdue_step


def _ran(row, now):
    started = row.clock_started_at
    running = working_minutes_between(started, now) if started else 0
    return row.clock_used + running


def _begins_anew(held, state):
    return (state == W.DELIVERED and held in WORKING) or (
        state == W.ISSUED and held in WORKING
    )


def _used_before(row):
    """What the organisation's last row used before it returned the whistle."""
    rows = row.whistle.responses.all()
    earlier = [old for old in rows if old.pk < row.pk]
    mine = [old for old in earlier if old.organization_id == row.organization_id]
    returned = [old.clock_used for old in mine if old.state == R.RETURNED]
    return returned[-1] if returned else 0


def _kept(held, row):
    """When it was answered, and that it was late, is said once and for all."""
    is_late_still = row.delivered_late >= held.delivered_late
    accepted = held.accepted_at in {None, row.accepted_at}
    return is_late_still and accepted and row.organization_id == held.organization_id


# Who did it --------------------------------------------------------------------------


@dataclass
class Log:
    """The lines read so far."""

    last: int = 0
    at: dict = field(default_factory=dict)
    extensions: set = field(default_factory=set)

    def new_lines(self):
        rows = WhistleEntry.objects.filter(pk__gt=self.last).order_by("pk")
        return list(rows.select_related("response__organization"))

    def check(self, before, now, person, deed):
        """New lines are of the deed, of that moment, by who was allowed to do it."""
        for line in self.new_lines():
            assert line.kind in KINDS_OF[deed]
            assert line.at == now >= self.at.get(line.whistle_id, now)
            assert line.by_id == (person.user.pk if person else None)
            whistle = before.whistles[line.whistle_id]
            if person:
                assert person.is_on(SIDE_OF[deed], whistle, line.response)
            assert line.actor in _names(person, deed, whistle, line.response)
            if line.kind == WhistleEntry.Kind.EXTENSION_ASKED:
                assert line.response_id not in self.extensions
                self.extensions.add(line.response_id)
            self.last, self.at[line.whistle_id] = line.pk, line.at


def _names(person, deed, whistle, response):
    if person is None:
        return {"系统"}
    if SIDE_OF[deed] == Side.UNIT:
        return {response.organization.name}
    if SIDE_OF[deed] == Side.COMMUNITY:
        return {whistle.community.name}
    is_office = person.name == "office"
    return {"区文明办" if is_office else whistle.community.subdistrict.name}
