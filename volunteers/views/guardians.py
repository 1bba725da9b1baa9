"""A minor asks their guardian; the guardian answers by the link, without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import RuleError
from core.unlisted import unlisted
from volunteers.actions.guardians import (
    ask_guardian,
    give_guardian_consent,
    withdraw_guardian_consent,
)
from volunteers.actions.volunteers import volunteer_of
from volunteers.consent_texts import guardian_text
from volunteers.forms.guardians import AgreeForm, TakeBackForm
from volunteers.models import GuardianConsent
from volunteers.queries.volunteers import live_guardian_consent

State = GuardianConsent.State


def _to_profile() -> HttpResponse:
    return redirect(f"{reverse('volunteers:volunteer_edit')}#guardian")


@require_POST
@login_required
def guardian_ask(request: HttpRequest) -> HttpResponse:
    """Make the link for one's guardian."""
    try:
        ask_guardian(volunteer=volunteer_of(request.user), by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    return _to_profile()


@require_POST
@login_required
def guardian_withdraw(request: HttpRequest) -> HttpResponse:
    """Make the link worthless, or take the consent back."""
    if consent := live_guardian_consent(request.user):
        withdraw_guardian_consent(consent=consent, by=request.user, now=timezone.now())
        messages.success(request, _("已撤回。"))
    return _to_profile()


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, token: str) -> HttpResponse:
    """What the guardian reads, agrees to, and takes back; the secret is the right."""
    consents = GuardianConsent.objects.select_related("volunteer__user")
    consent = get_object_or_404(consents, token=token)
    # The minor may look, but not agree for the guardian.
    is_minor = consent.volunteer.user_id == request.user.pk
    form = None if is_minor else _form(request, consent)
    if form is not None and form.is_valid():
        try:
            _answer(consent, form)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            return redirect("volunteers:guardian", token)
    context = {
        "consent": consent,
        "minor": consent.volunteer.user,
        "text": guardian_text(consent.text_version),
        "form": form,
        "is_minor": is_minor,
    }
    is_refused = request.method == "POST" and (form is None or form.errors)
    status = 422 if is_refused else 200
    return render(request, "volunteers/guardian.html", context, status=status)


def _form(
    request: HttpRequest, consent: GuardianConsent
) -> AgreeForm | TakeBackForm | None:
    data = request.POST if request.method == "POST" else None
    if consent.state == State.GIVEN:
        return TakeBackForm(data)
    if consent.state == State.ASKED and consent.volunteer.user.is_minor:
        return AgreeForm(data)
    return None


def _answer(consent: GuardianConsent, form: AgreeForm | TakeBackForm) -> None:
    now = timezone.now()
    if isinstance(form, AgreeForm):
        name = form.cleaned_data["guardian_name"]
        give_guardian_consent(consent=consent, guardian_name=name, now=now)
    else:
        withdraw_guardian_consent(consent=consent, by=None, now=now)
