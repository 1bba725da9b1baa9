"""Approved activities by SQL, as many as asked, and what counts them."""

from django.db import connection
from django.utils import timezone

from bench.progress import CAMPAIGN
from bench.seed import grow_to
from campaigns.actions.tallies import Checked, check_tallies
from campaigns.models import Campaign
from communities.models import Organization
from reports.progress import Progress, Question, progress_of
from reports.progress_tree import Tree

FIRST = 100  # with shifts, so that T50 has its rows
# Over ten months; one in fifty waits for review.
ACTIVITIES = """
INSERT INTO campaigns_activity
 (state_changed_at, title, starts_at, ends_at, place, text, is_public,
  counts_as_service, risk, insurance, safety_briefing, contact_name, contact_phone,
  in_addendum, state, created_at, campaign_id, organization_id, pillar_id,
  initiative_id, pinyin, initials)
SELECT now(), '示例活动', d.day, d.day + interval '2 hours', '示例广场', '', true,
  false, 'low', '', '', '', '', false,
  CASE WHEN n %% 50 = 0 THEN 'submitted' ELSE 'approved' END, now(), c.id, o.id,
  i.pillar_id, i.id, '', ''
FROM generate_series(%(begin)s, %(end)s) n
CROSS JOIN LATERAL (SELECT timestamptz '2026-01-05 01:00Z'
  + (n / 7 %% 300) * interval '1 day' AS day) d
JOIN campaigns_campaign c ON c.title = %(campaign)s
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place,
  count(*) OVER () AS many FROM communities_organization) o
  ON o.place = n * 7919::bigint %% o.many
JOIN (SELECT id, pillar_id, row_number() OVER (ORDER BY id) - 1 AS place,
  count(*) OVER () AS many FROM campaigns_initiative) i ON i.place = n / 3 %% i.many
"""
# One in twenty is joint; an organisation works with three others.
PARTNERS = """
INSERT INTO campaigns_activitypartner
 (state_changed_at, state, invited_at, activity_id, invited_by_id, organization_id)
SELECT now(), 'confirmed', now(), a.id, u.id, o.id
FROM campaigns_activity a
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place,
  count(*) OVER () AS many FROM communities_organization) lead
  ON lead.id = a.organization_id
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
  FROM communities_organization) o
  ON o.place = (lead.place + 1 + a.id / 20 %% 3) %% lead.many
JOIN accounts_user u ON u.username = 'bench-office'
WHERE a.id > %(last)s AND a.id %% 20 = 0 AND a.state <> 'published'
"""
GROUPED = """
SELECT organization_id, pillar_id, count(*) FROM campaigns_activity
WHERE campaign_id = %s AND state = 'approved' AND NOT in_addendum
GROUP BY organization_id, pillar_id
"""


def cover(size: int) -> Checked:
    """Grow to `size` counted activities and count them anew."""
    grow_to(FIRST)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            "SELECT max(id), count(*) FILTER (WHERE state <> 'published')"
            " FROM campaigns_activity"
        )
        last, done = cursor.fetchone()
        if done < size:
            values = {"begin": done + 1, "end": size, "campaign": CAMPAIGN}
            cursor.execute(ACTIVITIES, values)
            cursor.execute(PARTNERS, {"last": last})
        check_tallies(campaign(), repairs=True)
        cursor.execute("VACUUM ANALYZE")
    return check_tallies(campaign())


def campaign() -> Campaign:
    """The one all activities belong to."""
    return Campaign.objects.get(title=CAMPAIGN)


def grouped() -> int:
    """The plain way: every activity is counted; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(GROUPED, [campaign().pk])
        return sum(count for *_key, count in cursor.fetchall())


def folded(question: Question, tree: Tree) -> Progress:
    """Our way: the counters, read and folded into rows."""
    return progress_of(question, tree, below=None)


def question() -> Question:
    """The matrix of all months."""
    return Question(campaign(), None, timezone.localdate())


def tree() -> Tree:
    """The organisations of the district."""
    return Tree(Organization.objects.all(), campaign())
