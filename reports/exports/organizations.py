"""The register of party organisations, in the columns its import reads."""

from django.utils.translation import gettext_lazy as _

from communities.models import Organization
from reports.exports.base import (
    ORGANIZATION_FILTERS,
    REGISTERS,
    Report,
    ReportColumn,
)
from reports.exports.masks import mask_name, mask_number
from reports.queries.registers import reported_organizations

ORGANIZATIONS = Report(
    slug="organizations",
    title=_("党组织名册"),
    counts=_(
        "每个党组织一行，按现在的名称和隶属；已合并、已撤销的只在按状态筛选时列出。"
        "导出的表可以作为名册重新导入。"
    ),
    period="",
    states=Organization.State.choices,
    rows=reported_organizations,
    moment="",
    topic=REGISTERS,
    filters=(*ORGANIZATION_FILTERS, "state"),
    columns=(
        ReportColumn("code", _("编码"), width=10),
        ReportColumn("name", _("党组织名称"), width=32),
        ReportColumn("kind", _("类型"), width=10, choices=Organization.Kind.choices),
        ReportColumn("parent__name", _("上级党组织"), width=32),
        ReportColumn("unit_name", _("所在单位"), width=24),
        ReportColumn("member_count", _("在职党员数"), "int", 10),
        ReportColumn("state", _("状态"), width=10, choices=Organization.State.choices),
        ReportColumn("starts_on", _("成立日期"), "date", 12),
        ReportColumn("ends_on", _("终止日期"), "date", 12),
        ReportColumn("successor__name", _("合并后的党组织"), width=32),
        ReportColumn(
            "contact_name", _("联系人"), width=10, mask=mask_name, is_default=False
        ),
        ReportColumn(
            "contact_phone",
            _("联系电话"),
            "phone",
            mask=mask_number,
            is_default=False,
        ),
    ),
)
