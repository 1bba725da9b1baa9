"""Streets and communities from the code list."""

import io

import pytest
from django.core.management import CommandError, call_command

from communities.actions import import_divisions
from communities.imports.divisions import read_divisions, short_name
from communities.imports.results import ImportCounts, ImportRefused
from communities.models import Community, Subdistrict
from core.models import AuditEntry
from core.sheets_read import SheetError
from tests.communities.registers import DIVISIONS
from tests.files import workbook

pytestmark = pytest.mark.django_db

HEADER = "统计用区划代码,名称,级别,上级代码"
STREET = "350602006000,通北街道,街道/镇,350602000000"
COMMUNITY = "350602006001,湖内社区居委会,社区/村,350602006000"


def load(*lines, encoding="utf-8"):
    content = "\n".join([HEADER, *lines]).encode(encoding)
    found = read_divisions(io.BytesIO(content), filename="区划.csv")
    return import_divisions(lines=found, by=None)


def refusal(*lines):
    with pytest.raises(ImportRefused) as caught:
        load(*lines)
    return [str(problem) for problem in caught.value.problems]


def test_the_real_list_holds_12_streets_and_179_communities_two_of_them_virtual():
    call_command("import_divisions", str(DIVISIONS))

    kinds = Community.objects.values_list("kind", flat=True)
    assert Subdistrict.objects.count() == 12
    assert len(kinds) == 179
    assert list(kinds).count("virtual") == 2
    assert list(kinds).count("village") == 28


def test_the_real_list_gives_everyday_names():
    call_command("import_divisions", str(DIVISIONS))

    community = Community.objects.get(code="350602006001")
    assert (community.name, community.official_name) == ("湖内社区", "湖内社区居委会")
    assert community.subdistrict.name == "通北街道"
    assert community.initials == "hnsq"
    odd = Community.objects.exclude(name__endswith="社区").exclude(name__endswith="村")
    assert set(odd.values_list("kind", flat=True)) == {"virtual"}
    assert not Community.objects.filter(name__contains="委会").exists()


def test_the_real_list_twice_changes_nothing(capsys):
    call_command("import_divisions", str(DIVISIONS))
    lines = AuditEntry.objects.count()

    call_command("import_divisions", str(DIVISIONS))

    assert "新增 0，更新 0，未变 191" in capsys.readouterr().out
    assert AuditEntry.objects.count() == lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_code_list_is_read_in_the_encodings_offices_use(encoding):
    assert load(STREET, COMMUNITY, encoding=encoding) == ImportCounts(created=2)


def test_codes_typed_as_numbers_in_a_workbook_stay_whole():
    content = workbook(
        [
            ["区划代码", "名称"],
            [350602006000, "通北街道"],
            [350602006001, "湖内社区居委会"],
        ]
    )

    lines = read_divisions(io.BytesIO(content), filename="区划.xlsx")

    assert import_divisions(lines=lines, by=None) == ImportCounts(created=2)
    assert Community.objects.get().code == "350602006001"


def test_a_renamed_street_is_changed_and_recorded():
    load(STREET, COMMUNITY)

    counts = load(STREET.replace("通北街道", "通北新街道"), COMMUNITY)

    assert counts == ImportCounts(changed=1, unchanged=1)
    assert Subdistrict.objects.get().name == "通北新街道"
    entry = AuditEntry.objects.get(verb="communities.subdistrict_changed")
    assert entry.data == {"code": "350602006000", "name": "通北新街道"}


def test_communities_the_list_no_longer_holds_are_kept():
    load(STREET, COMMUNITY)

    load(STREET)

    assert Community.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("35060200600,短码社区,,", "不是 12 位数字"),
        ("3.50602E+11,坏码社区,,", "科学计数法"),
        ("350602009001,无街社区,,", "代码 350602009000 不存在"),
        ("350602006001,另一社区,,", "与第 3 行重复"),
        ("350602006002,,,", "没有填写名称"),
        ("350602006002,错级社区,,350602007000", "与区划代码不符"),
        ("350602006002,坏\u202e社区,,", "不可见"),
        (f"350602006002,{'长' * 101},,", "超过 100 个字"),
    ],
    ids=["short", "science", "street", "twice", "name", "parent", "dirty", "long"],
)
def test_a_bad_row_is_named_and_nothing_is_written(line, words):
    (problem,) = refusal(STREET, COMMUNITY, line)

    assert problem.startswith("第 4 行：")
    assert words in problem
    assert not Subdistrict.objects.exists()


def test_a_file_without_the_columns_is_refused_by_the_command(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_text("姓名,电话\n甲,1\n", encoding="utf-8")

    with pytest.raises(CommandError, match="缺少列"):
        call_command("import_divisions", str(path))


def test_a_missing_file_is_refused_by_the_command(tmp_path):
    with pytest.raises(CommandError, match="无法读取文件"):
        call_command("import_divisions", str(tmp_path / "没有.csv"))


def test_an_empty_file_is_refused():
    with pytest.raises(SheetError, match="空的"):
        read_divisions(io.BytesIO(b""), filename="区划.csv")


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("湖内社区居委会", "湖内社区"),
        ("湖内社区居民委员会", "湖内社区"),
        ("湖内居委会", "湖内社区"),
        ("松州村委会", "松州村"),
        ("松州村民委员会", "松州村"),
        ("金峰工业区社区", "金峰工业区社区"),
        ("天宝林场区虚拟生活区", "天宝林场区虚拟生活区"),
    ],
)
def test_the_short_name_is_what_people_say(official, short):
    assert short_name(official) == short
