"""A visitor without an account: looks around, registers, checks a certificate."""

from playwright.sync_api import expect

from tests.live.journeys.screens import accounts, shifts

MASKED = "柳**"


def test_visitor_finds_a_shift_and_is_asked_to_sign_in_for_it(person, backstage):
    place = backstage.neighbourhood()
    shift = backstage.shift(place, title="护河值守")
    visitor = person()
    page = visitor.page

    page.goto("/shifts/")
    shifts.open_filters(visitor)
    page.get_by_label("街道（镇）").select_option(label=place.street.name)
    page.wait_for_url("**/shifts/?*street=*")
    page.get_by_role("link", name=shift.name).wait_for()
    shifts.find(visitor, shift.initials, shift).click()

    page.get_by_role("link", name="登录后报名").click()
    page.wait_for_url(f"**/accounts/login/?next={shift.path}")


def test_visitor_registers_and_signs_in_again_by_keyboard(person, width):
    email = f"reed-{width}@example.invalid"
    phone = {"phone": "138 0000 9001", "desktop": "138 0000 9002"}[width]
    visitor = person()

    accounts.register(visitor, name="新人示例", phone=phone, email=email)
    accounts.sign_out(visitor)
    accounts.sign_in_by_keyboard(visitor, email, accounts.PASSWORD)

    visitor.page.goto("/me/")
    visitor.page.get_by_role("heading", name="新人示例，您好").wait_for()


def test_visitor_checks_a_certificate_by_its_number(person, backstage):
    """What the number stands for; who holds it only as far as the name is masked."""
    found = backstage.certified(backstage.neighbourhood(), name="柳示例")
    visitor = person()
    page = visitor.page

    page.goto("/verify/")
    page.get_by_label("证明编号").fill(found.number.replace("-", " ").lower())
    page.get_by_role("button", name="查验").click()

    page.get_by_text("这份证明有效").wait_for()
    page.get_by_text("2.0 小时（120 分钟），1 次").wait_for()
    expect(page.get_by_text(MASKED, exact=True)).to_be_visible()
    assert "柳示例" not in page.content()
