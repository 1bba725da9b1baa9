"""Activities of all kinds for the bench of exports, as many as asked, by SQL."""

from django.db import connection

from bench.seed import grow_to
from campaigns.models import Activity

FIRST = 100  # by the application, with the registers
# Over ten months; titles and places of their own, half with a second pillar.
ACTIVITIES = """
INSERT INTO campaigns_activity
 (state_changed_at, title, starts_at, ends_at, place, text, is_public,
  counts_as_service, risk, insurance, safety_briefing, contact_name, contact_phone,
  in_addendum, state, created_at, campaign_id, organization_id, pillar_id,
  initiative_id, second_pillar_id, community_id, participant_count, submitted_at,
  pinyin, initials)
SELECT now(), '示例志愿活动第' || n || '场', d.day, d.day + interval '2 hours',
  '示例广场' || n || '号门', '', true, false, 'low', '', '', '', '', false,
  CASE WHEN n %% 50 = 0 THEN 'submitted' ELSE 'approved' END, now(), g.id, o.id,
  i.pillar_id, i.id, CASE WHEN n %% 2 = 0 THEN p.id END, c.id, n %% 60,
  d.day + interval '3 days', '', ''
FROM generate_series(%(begin)s, %(end)s) n
CROSS JOIN LATERAL (SELECT timestamptz '2026-01-05 01:00Z'
  + (n / 7 %% 300) * interval '1 day' + (n %% 12) * interval '1 hour' AS day) d
CROSS JOIN (SELECT min(id) AS id FROM campaigns_campaign) g
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place,
  count(*) OVER () AS many FROM communities_organization) o
  ON o.place = n * 7919::bigint %% o.many
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place,
  count(*) OVER () AS many FROM communities_community) c
  ON c.place = n * 31::bigint %% c.many
JOIN (SELECT id, pillar_id, row_number() OVER (ORDER BY id) - 1 AS place,
  count(*) OVER () AS many FROM campaigns_initiative) i ON i.place = n / 3 %% i.many
LEFT JOIN LATERAL (SELECT min(id) AS id FROM campaigns_pillar
  WHERE id > i.pillar_id) p ON true
"""


def fill_activities(size: int) -> int:
    """Grow to `size` activities; returns how many there are."""
    grow_to(FIRST)
    done = Activity.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        if done < size:
            cursor.execute(ACTIVITIES, {"begin": done + 1, "end": size})
        cursor.execute("VACUUM ANALYZE")
    return Activity.objects.count()
