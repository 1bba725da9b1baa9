"""Input about photos to clean values."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.fields import PhotosField, TextField


class PhotoForm(forms.Form):
    """More photos for an activity."""

    photos = PhotosField(label=_("现场照片"), most=settings.PHOTOS_PER_ACTIVITY)
    caption = TextField(
        label=_("照片说明"),
        max_length=200,
        help_text=_("写明何时、何地、何人、何事。"),
    )
