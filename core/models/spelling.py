"""Rows found by pinyin and its initials."""

from typing import Any, ClassVar

from django.db import models

from core.text import pinyin_of

PINYIN_LENGTH, INITIALS_LENGTH = 400, 150


class SpelledModel(models.Model):
    """A model whose `SPELLED` text fields can be searched by pinyin or initials.

    Both columns are derived at save time, because two-character Chinese words cannot
    be found by trigram or full-text indexes. Before a bulk write call `spell`.
    """

    SPELLED: ClassVar[tuple[str, ...]] = ()

    pinyin = models.CharField(
        max_length=PINYIN_LENGTH, blank=True, default="", editable=False
    )
    initials = models.CharField(
        max_length=INITIALS_LENGTH, blank=True, default="", editable=False
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is None or set(self.SPELLED) & set(fields):
            self.spell()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "pinyin", "initials"}
        super().save(*args, **kwargs)

    def spell(self) -> None:
        """Derive `pinyin` and `initials` from the fields spelled."""
        text = " ".join(getattr(self, name) for name in self.SPELLED)
        self.pinyin, self.initials = (
            spelled[: self._meta.get_field(name).max_length]
            for name, spelled in zip(
                ("pinyin", "initials"), pinyin_of(text), strict=True
            )
        )

    @staticmethod
    def matching(text: str, *, prefix: str = "") -> models.Q:
        """The condition that spelling contains `text`; `prefix` as in "activity__"."""
        text = text.replace(" ", "").lower()
        return models.Q(**{f"{prefix}pinyin__contains": text}) | models.Q(
            **{f"{prefix}initials__contains": text}
        )
