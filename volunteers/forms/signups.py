"""Input about signing up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.models import Shift


class PostForm(forms.Form):
    """Which post of the shift one signs up for; a shift may have none."""

    post = forms.ModelChoiceField(
        label=_("岗位"), queryset=None, required=False, empty_label=None
    )

    def __init__(self, *args: object, shift: Shift, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = shift.posts.select_related("skill")
