"""Who may open what: every page × every role of PRODUCT section 2 × nobody.

A row is method, object and one status for each role. `own` objects belong to the
organisation of `unit` and to the community of `street` and `community`; `foreign` ones
to another organisation, in another street. Nobody's 302 leads to sign-in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLResolver, get_resolver

from tests.matrix_registers import PAGES as REGISTERS
from tests.matrix_work import PAGES as WORK

ROLES = (
    "nobody",
    "volunteer",
    "leader",
    "unit",
    "street",
    "community",
    "committee",
    "office",
    "auditor",
)

# nobody, volunteer, leader, unit, street, community, committee, office, auditor
PAGES = """
home
    GET  -                   200 200 200 200 200 200 200 200 200
start
    GET  -                   302 302 302 302 302 302 302 302 302
letters
    POST -                   302 302 302 302 302 302 302 302 302
healthz
    GET  -                   200 200 200 200 200 200 200 200 200
readyz
    GET  -                   200 200 200 200 200 200 200 200 200
manifest
    GET  -                   200 200 200 200 200 200 200 200 200
service_worker
    GET  -                   200 200 200 200 200 200 200 200 200
offline
    GET  -                   200 200 200 200 200 200 200 200 200
robots
    GET  -                   200 200 200 200 200 200 200 200 200
security_txt
    GET  -                   200 200 200 200 200 200 200 200 200

accounts:inbox
    GET  -                   302 200 200 200 200 200 200 200 200
accounts:inbox_read
    POST -                   302 302 302 302 302 302 302 302 302
accounts:notification_open
    POST volunteers_message  302 302 404 404 404 404 404 404 404
    POST others_message      302 404 404 404 404 404 404 404 404

volunteers:shift_list
    GET  -                   200 200 200 200 200 200 200 200 200
volunteers:shift_calendar
    GET  -                   200 200 200 200 200 200 200 200 200
volunteers:shift_detail
    GET  own_draft           404 404 200 200 404 404 404 404 404
    GET  own_published       200 200 200 200 200 200 200 200 200
    GET  own_submitted       404 404 200 200 200 200 200 200 200
    GET  own_long_ended      404 404 404 200 200 200 200 200 200
    GET  foreign_draft       404 404 404 404 404 404 404 404 404
    GET  foreign_published   200 200 200 200 200 200 200 200 200
    GET  foreign_submitted   404 404 404 404 404 404 200 200 200
volunteers:community_shifts
    GET  own_community       200 200 200 200 200 200 200 200 200
    GET  foreign_community   200 200 200 200 200 200 200 200 200
volunteers:signup_create
    POST own_draft           404 404 409 409 404 404 404 404 404
    POST own_published       302 302 302 302 302 302 302 302 302
    POST own_submitted       404 404 409 409 409 409 409 409 409
    POST foreign_draft       404 404 404 404 404 404 404 404 404
    POST foreign_published   302 302 302 302 302 302 302 302 302
    POST foreign_submitted   404 404 404 404 404 404 409 409 409
volunteers:signup_cancel
    POST volunteers_signup   302 302 404 302 404 404 404 404 404
    POST others_signup       302 404 404 302 404 404 404 404 404
    POST foreign_signup      302 404 404 404 404 404 404 404 404
volunteers:me
    GET  -                   302 200 200 200 200 200 200 200 200
volunteers:volunteer_edit
    GET  -                   302 200 200 200 200 200 200 200 200
    POST -                   302 302 302 302 302 302 302 302 302
volunteers:activity_shifts
    GET  own_draft           404 404 200 200 404 404 404 404 404
    GET  own_published       200 200 200 200 200 200 200 200 200
    GET  own_submitted       404 404 200 200 200 200 200 200 200
    GET  own_long_ended      404 404 404 200 200 200 200 200 200
    GET  foreign_draft       404 404 404 404 404 404 404 404 404
    GET  foreign_published   200 200 200 200 200 200 200 200 200
    GET  foreign_submitted   404 404 404 404 404 404 200 200 200
volunteers:shift_create
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 422 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
volunteers:activity_cancel
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 422 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
volunteers:shift_edit
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 422 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
volunteers:shift_cancel
    GET  own_draft           302 404 403 200 404 404 404 404 404
    GET  own_published       302 403 403 200 403 403 403 403 403
    GET  own_submitted       302 404 403 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403
    POST own_draft           302 404 403 422 404 404 404 404 404
    POST own_published       302 403 403 422 403 403 403 403 403
    POST own_submitted       302 404 403 422 403 403 403 403 403
    POST foreign_draft       302 404 404 404 404 404 404 404 404
    POST foreign_published   302 403 403 403 403 403 403 403 403
    POST foreign_submitted   302 404 404 404 404 404 403 403 403
volunteers:shift_roll
    GET  own_draft           302 404 200 200 404 404 404 404 404
    GET  own_published       302 403 200 200 403 403 403 403 403
    GET  own_submitted       302 404 200 200 403 403 403 403 403
    GET  own_long_ended      302 404 404 200 403 403 403 403 403
    GET  foreign_draft       302 404 404 404 404 404 404 404 404
    GET  foreign_published   302 403 403 403 403 403 403 403 403
    GET  foreign_submitted   302 404 404 404 404 404 403 403 403

reports:desk
    GET  -                   302 403 403 200 200 200 200 200 200
reports:report_list
    GET  -                   302 403 403 403 403 403 200 200 200
reports:report_detail
    GET  report              302 403 403 403 403 403 200 200 200
    GET  unknown_report      302 403 403 403 403 403 404 404 404
reports:report_export
    GET  export              302 403 403 403 403 403 200 200 200
    GET  unknown_export      302 403 403 403 403 403 404 404 404

account_login
    GET  -                   200 302 302 302 302 302 302 302 302
account_signup
    GET  -                   200 302 302 302 302 302 302 302 302
account_logout
    GET  -                   302 200 200 200 200 200 200 200 200
    POST -                   302 302 302 302 302 302 302 302 302
account_inactive
    GET  -                   200 200 200 200 200 200 200 200 200
account_reauthenticate
    GET  -                   302 200 200 200 200 200 200 200 200
account_email
    GET  -                   302 200 200 200 200 200 200 200 200
account_email_verification_sent
    GET  -                   200 200 200 200 200 200 200 200 200
account_confirm_email
    GET  mail_key            200 200 200 200 200 200 200 200 200
account_change_password
    GET  -                   302 200 200 200 200 200 200 200 200
account_set_password
    GET  -                   302 302 302 302 302 302 302 302 302
account_reset_password
    GET  -                   200 200 200 200 200 200 200 200 200
account_reset_password_done
    GET  -                   200 200 200 200 200 200 200 200 200
account_reset_password_from_key
    GET  reset_key           200 200 200 200 200 200 200 200 200
account_reset_password_from_key_done
    GET  -                   200 200 200 200 200 200 200 200 200
account_confirm_login_code
    GET  -                   302 302 302 302 302 302 302 302 302
account_verify_phone
    GET  -                   302 302 302 302 302 302 302 302 302
account_change_phone
    GET  -                   302 200 200 200 200 200 200 200 200

admin:index
    GET  -                   302 403 403 403 403 403 200 200 200
admin:login
    GET  -                   302 403 403 403 403 403 302 302 302
admin:logout
    GET  -                   302 403 403 403 403 403 200 200 200
    POST -                   302 403 403 403 403 403 302 302 302
admin:password_change
    GET  -                   302 403 403 403 403 403 302 302 302
admin:autocomplete
    GET  organizations       302 403 403 403 403 403 200 200 200
    GET  people              302 403 403 403 403 403 403 200 403
admin:jsi18n
    GET  -                   302 403 403 403 403 403 200 200 200
admin:accounts_delivery_outbox
    GET  -                   302 403 403 403 403 403 403 200 403
admin:app_list
    GET  app                 302 403 403 403 403 403 302 302 302
"""


@dataclass(frozen=True)
class Row:
    """One request and the status each role gets for it."""

    name: str
    method: str
    target: str
    statuses: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name} {self.method} {self.target}"

    def expected(self) -> dict[str, int]:
        """Role to status."""
        return dict(zip(ROLES, self.statuses, strict=True))


def read_rows(table: str) -> list[Row]:
    """The rows of a table like PAGES."""
    rows, name = [], ""
    for line in filter(str.strip, table.splitlines()):
        if not line.startswith(" "):
            name = line.strip()
            continue
        method, target, *statuses = line.split()
        rows.append(Row(name, method, target, tuple(map(int, statuses))))
    return rows


ROWS = read_rows(PAGES) + read_rows(REGISTERS) + read_rows(WORK)


def walk(
    resolver: URLResolver, spaces: tuple[str, ...] = (), prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """Name and pattern of every URL below the resolver."""
    for pattern in resolver.url_patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (pattern.namespace,) if pattern.namespace else ()
            yield from walk(pattern, spaces + inner, text)
        else:
            yield ":".join([*spaces, pattern.name or f"<{text}>"]), text


URLS = dict(walk(get_resolver()))
