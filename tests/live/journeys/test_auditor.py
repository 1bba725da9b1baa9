"""An auditor: reads everything, changes nothing."""

from playwright.sync_api import expect

from tests.live.journeys.screens import audit, exports


def test_auditor_reads_who_approved_an_activity(person, backstage):
    place = backstage.neighbourhood()
    done = backstage.approved(place, title="文明宣讲")
    auditor = person(backstage.demo("auditor"))

    audit.search(auditor, who="文明办示例", what=done.title).first.click()
    auditor.page.get_by_role("heading", level=1).first.wait_for()

    for words, who in (
        ("活动：已通过", "文明办示例"),
        ("活动：待审核", place.unit_official.name),
    ):
        audit.line(auditor, words).get_by_text(who).first.wait_for()


def test_auditor_looks_on_without_a_button_to_decide(person, backstage):
    place = backstage.neighbourhood()
    waits = backstage.submitted(place, title="文明宣讲")
    auditor = person(backstage.demo("auditor"))
    page = auditor.page

    page.goto(waits.path)
    page.get_by_role("heading", name=waits.title).wait_for()
    for deed in ("通过", "退回", "提交审核", "保存"):
        expect(page.get_by_role("button", name=deed, exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="修改", exact=True)).to_have_count(0)

    answer = page.goto("/desk/reviews/")
    assert answer.status == 403
    assert "403" in auditor.complaints.pop()


def test_auditor_takes_reports_in_which_persons_are_masked(person, backstage, tmp_path):
    place = backstage.neighbourhood()
    found = backstage.served(place, name="柳示例")
    auditor = person(backstage.demo("auditor"))
    page = auditor.page

    page.goto("/reports/signups/")
    link = page.get_by_role("link", name="CSV")
    rows = exports.rows_of(exports.taken(auditor, link, tmp_path / "signups.csv"))

    mine = [row for row in rows if row["活动名称"] == found.shift.activity]
    assert [row["姓名"] for row in mine] == ["柳**"]
    assert all("****" in row["手机号"] for row in mine)
    expect(page.get_by_role("link", name="导出个人信息")).to_have_count(0)
