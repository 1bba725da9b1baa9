"""Demonstration people: one for each role, and volunteers for the shifts."""

from datetime import date, timedelta

from django.db import models

from accounts.models import User
from communities.actions import grant_membership
from communities.models import Community, Membership, Organization, Subdistrict
from volunteers.actions import volunteer_of
from volunteers.models import Volunteer

DOMAIN = "demo.invalid"
UNIT = "区委宣传部"
STREET = "东铺头街道"
COMMUNITY = "龙江社区"
VOLUNTEERS = 40

# User name, display name and role of the sign-ins that `make run` prints.
SIGN_INS = [
    ("office", "文明办示例", Membership.Role.OFFICE),
    ("committee", "工委示例", Membership.Role.COMMITTEE),
    ("unit", "单位示例", Membership.Role.UNIT),
    ("street", "街道示例", Membership.Role.STREET),
    ("community", "社区示例", Membership.Role.COMMUNITY),
    ("volunteer", "志愿者示例", None),
    ("auditor", "审计示例", Membership.Role.AUDITOR),
    ("youth", "未成年示例", None),
]
SURNAMES = "陈林黄张李王吴蔡许郑"
GIVEN = ["示例", "示范", "样例", "举例"]


def begins_on(today: date) -> date:
    """When campaign and pairings begin: a January before the oldest records."""
    return (today - timedelta(days=190)).replace(month=1, day=1)


def make_sign_ins(password: str) -> dict[str, User]:
    """Dict of user name to person, with the roles granted by the command line."""
    people = {}
    for number, (username, name, role) in enumerate(SIGN_INS, start=1):
        user = person(username, name, phone=f"+861380000{number:04d}")
        if username == "youth":
            user.age_band = User.AgeBand.MINOR
        user.set_password(password)
        user.save()
        if role is not None:
            grant_membership(user=user, role=role, scope=_scope(role), by=None)
        people[username] = user
    volunteer_of(people["volunteer"])
    return people


def update_passwords(password: str) -> bool:
    """Give the demonstration sign-ins this password; whether it was another one."""
    sign_ins = User.objects.filter(
        username__in=[username for username, _name, _role in SIGN_INS],
        email__endswith=f"@{DOMAIN}",
    )
    first = sign_ins.first()
    if first is None or first.check_password(password):
        return False
    for user in sign_ins:
        user.set_password(password)
        user.save(update_fields=["password"])
    return True


def make_volunteers() -> list[Volunteer]:
    """Volunteers with phones of the form 1380000xxxx and no password."""
    people = []
    for number in range(VOLUNTEERS):
        name = SURNAMES[number % 10] + GIVEN[number // 10]
        user = person(f"demo{number:03d}", name, phone=f"+861380000{1000 + number}")
        user.set_unusable_password()
        user.save()
        people.append(volunteer_of(user))
    return people


def person(username: str, name: str, *, phone: str) -> User:
    """Someone invented, not saved yet."""
    return User(
        username=username,
        display_name=name,
        phone=phone,
        email=f"{username}@{DOMAIN}",
        age_band=User.AgeBand.ADULT,
    )


def _scope(role: str) -> models.Model | None:
    if role == Membership.Role.UNIT:
        return Organization.objects.roots_of_unit(UNIT).get()
    if role == Membership.Role.STREET:
        return Subdistrict.objects.get(name=STREET)
    if role == Membership.Role.COMMUNITY:
        return Community.objects.get(name=COMMUNITY)
    return None
