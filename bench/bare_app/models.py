"""The least one can keep of shifts and sign-ups."""

from django.db import models


class BareShift(models.Model):
    """A row of the bare list."""

    title = models.CharField(max_length=60)
    place = models.CharField(max_length=100)
    starts_at = models.DateTimeField(db_index=True)
    capacity = models.PositiveIntegerField(default=20)

    def __str__(self) -> str:
        return self.title


class BareSignup(models.Model):
    """A row the bare form writes."""

    shift = models.ForeignKey(BareShift, on_delete=models.CASCADE)
    user_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.shift_id}"
