"""Bare pages: C0, a constant; T50, 50 rows of an indexed query; S0, a lean sign-up."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bench.bare_app.models import BareShift, BareSignup

ROWS = 50


class BareSignupForm(forms.ModelForm):
    """No field to fill in: the button is the form."""

    class Meta:
        model = BareSignup
        fields = []


def bare_constant(request: HttpRequest) -> HttpResponse:
    """C0."""
    return HttpResponse("C0")


@login_required
def bare_signed_in(request: HttpRequest) -> HttpResponse:
    """Nothing but the session and the person."""
    return HttpResponse(status=204)


@login_required
def bare_frame(request: HttpRequest) -> HttpResponse:
    """The portal's head and foot around nothing."""
    return render(request, "bare_app/frame.html")


@login_required
def bare_list(request: HttpRequest) -> HttpResponse:
    """T50."""
    rows = BareShift.objects.filter(starts_at__gt=timezone.now()).order_by("starts_at")
    return render(request, "bare_app/list.html", {"rows": rows[:ROWS]})


@login_required
def bare_signup(request: HttpRequest, pk: int) -> HttpResponse:
    """S0: the form, and the row it writes."""
    shift = get_object_or_404(BareShift, pk=pk)
    form = BareSignupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        signup = form.save(commit=False)
        signup.shift, signup.user_id = shift, request.user.pk
        signup.save()
        return redirect("bare_done", pk=shift.pk)
    return render(request, "bare_app/signup.html", {"shift": shift, "form": form})


@login_required
def bare_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The page after S0."""
    shift = get_object_or_404(BareShift, pk=pk)
    return render(request, "bare_app/done.html", {"shift": shift})
