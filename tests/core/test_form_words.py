"""What a form says of wrong input: our tone, not Django's."""

import pytest
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core import validators
from django.core.exceptions import ValidationError

from accounts.models import User
from core.form_words import FIELDS


class Sample(forms.Form):
    name = forms.CharField(max_length=3, min_length=2)
    kind = forms.ChoiceField(choices=[("a", "甲")])
    people = forms.IntegerField(min_value=1, max_value=9)
    day = forms.DateField()
    share = forms.DecimalField(max_digits=3, decimal_places=1)
    mail = forms.EmailField()
    agreed = forms.BooleanField()
    file = forms.FileField()


def test_empty_form_asks_for_each_field_in_its_way():
    errors = Sample({}).errors

    assert {name: errors[name][0] for name in errors} == {
        "name": "请填写这一项。",
        "kind": "请选择一项。",
        "people": "请填写这一项。",
        "day": "请填写这一项。",
        "share": "请填写这一项。",
        "mail": "请填写这一项。",
        "agreed": "请勾选这一项。",
        "file": "请选择文件。",
    }


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "水仙花开", "最多 3 个字，现在有 4 个。"),
        ("name", "水", "至少 2 个字，现在有 1 个。"),
        ("kind", "z", "没有“z”这个选项，请重新选择。"),
        ("people", "10", "不能超过 9。"),
        ("people", "0", "不能小于 1。"),
        ("people", "许多", "请填写整数。"),
        ("day", "明天", "日期写法不对，例如 2026-05-31。"),
        ("share", "1.23", "小数最多 1 位。"),
        ("mail", "nobody", "邮箱写法不对，例如 name@example.cn。"),
    ],
)
def test_wrong_value_is_named_in_plain_words(field, value, words):
    assert Sample({field: value}).errors[field] == [words]


@pytest.mark.django_db
def test_model_says_what_is_there_already():
    User.objects.create(username="taken")

    errors = forms.modelform_factory(User, fields=["username"])(
        {"username": "taken"}
    ).errors

    assert errors == {"username": ["已存在一位使用该名字的用户。"]}


def test_every_field_of_forms_has_our_words():
    theirs = {
        kind.__name__
        for kind in vars(forms.fields).values()
        if isinstance(kind, type)
        and kind in FIELDS
        and set(kind.__dict__["default_error_messages"]) - set(FIELDS[kind])
    }

    assert theirs == set()


def test_validators_made_before_ours_say_it_too():
    assert str(validators.validate_email.message).startswith("邮箱写法不对")


def test_short_password_is_refused_in_chinese():
    with pytest.raises(ValidationError) as refused:
        validate_password("k7-Q")

    assert refused.value.messages == ["密码至少 8 个字符。"]
