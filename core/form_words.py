"""What a field says of wrong input, in the tone of the portal.

Django's own Chinese speaks of variables and fields. Set once at the start: the words
are attributes of its classes, so forms, formsets and the admin site all say the same.
A form that names its own error_messages keeps them.
"""

from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core import validators
from django.db import models
from django.utils.translation import gettext_lazy as _

FIELDS = {
    forms.Field: {"required": _("请填写这一项。")},
    forms.BooleanField: {"required": _("请勾选这一项。")},
    forms.ChoiceField: {
        "required": _("请选择一项。"),
        "invalid_choice": _("没有“%(value)s”这个选项，请重新选择。"),
    },
    forms.MultipleChoiceField: {
        "invalid_choice": _("没有“%(value)s”这个选项，请重新选择。"),
        "invalid_list": _("请从选项中选择。"),
    },
    forms.ModelChoiceField: {
        "required": _("请选择一项。"),
        "invalid_choice": _("这个选项不能选了，请重新选择。"),
    },
    forms.ModelMultipleChoiceField: {
        "invalid_choice": _("没有“%(value)s”这个选项，请重新选择。"),
        "invalid_list": _("请从选项中选择。"),
        "invalid_pk_value": _("没有“%(pk)s”这个选项，请重新选择。"),
    },
    forms.IntegerField: {"invalid": _("请填写整数。")},
    forms.FloatField: {"invalid": _("请填写数字。")},
    forms.DecimalField: {"invalid": _("请填写数字。")},
    forms.DateField: {"invalid": _("日期写法不对，例如 2026-05-31。")},
    forms.TimeField: {"invalid": _("时间写法不对，例如 08:30。")},
    forms.DateTimeField: {"invalid": _("日期和时间写法不对，例如 2026-05-31 08:30。")},
    forms.URLField: {"invalid": _("网址写法不对，例如 https://www.example.cn。")},
    forms.FileField: {
        "required": _("请选择文件。"),
        "invalid": _("没有收到文件，请重新选择。"),
        "missing": _("没有收到文件，请重新选择。"),
        "empty": _("文件是空的，请换一个。"),
        "max_length": _("文件名最多 %(max)d 个字，现在有 %(length)d 个。"),
        "contradiction": _("要么换文件，要么删除文件，请只选一样。"),
    },
    forms.ImageField: {"invalid_image": _("这张图片打不开，请换一张。")},
}
MODEL_FIELD = {
    "blank": _("请填写这一项。"),
    "null": _("请填写这一项。"),
    "invalid_choice": _("没有“%(value)s”这个选项，请重新选择。"),
    "unique": _("已有同样的%(field_label)s，请换一个。"),
}
VALIDATORS = {
    validators.MaxLengthValidator: _(
        "最多 %(limit_value)d 个字，现在有 %(show_value)d 个。"
    ),
    validators.MinLengthValidator: _(
        "至少 %(limit_value)d 个字，现在有 %(show_value)d 个。"
    ),
    validators.MaxValueValidator: _("不能超过 %(limit_value)s。"),
    validators.MinValueValidator: _("不能小于 %(limit_value)s。"),
    validators.EmailValidator: _("邮箱写法不对，例如 name@example.cn。"),
    validators.URLValidator: _("网址写法不对，例如 https://www.example.cn。"),
    validators.ProhibitNullCharactersValidator: _("含有不可见的字符，请删去后重填。"),
    validators.FileExtensionValidator: _(
        "不能上传 %(extension)s 文件，可以上传：%(allowed_extensions)s。"
    ),
}
FORMSET = {
    "missing_management_form": _("页面不完整，请刷新后重新填写。"),
    "too_many_forms": _("最多 %(num)d 行。"),
    "too_few_forms": _("至少 %(num)d 行。"),
}
DECIMALS = {
    "invalid": _("请填写数字。"),
    "max_digits": _("最多 %(max)s 位数字。"),
    "max_decimal_places": _("小数最多 %(max)s 位。"),
    "max_whole_digits": _("整数部分最多 %(max)s 位。"),
}


def use_our_words() -> None:
    """Give Django's fields and validators our words; safe to call again."""
    for field, words in FIELDS.items():
        field.default_error_messages = {
            **field.__dict__.get("default_error_messages", {}),
            **words,
        }
    models.Field.default_error_messages = {
        **models.Field.default_error_messages,
        **MODEL_FIELD,
    }
    forms.BaseFormSet.default_error_messages = FORMSET
    for validator, word in VALIDATORS.items():
        validator.message = word
    validators.DecimalValidator.messages = DECIMALS
    MinimumLengthValidator.get_error_message = _shortest_password
    MinimumLengthValidator.get_help_text = _shortest_password


def _shortest_password(validator: MinimumLengthValidator) -> str:
    """Django's Chinese lacks this sentence."""
    return _("密码至少 %(count)d 个字符。") % {"count": validator.min_length}
