"""What a community does with its whistle: photos, sending, the last word."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from campaigns.actions import whistles as actions
from campaigns.actions.whistle_answers import answer_extension
from campaigns.actions.whistle_photos import add_whistle_photo, remove_whistle_photo
from campaigns.forms.whistles import (
    GRANT,
    ExtensionAnswerForm,
    IssueForm,
    RateForm,
    ReopenForm,
    WhistlePhotoForm,
    WithdrawForm,
)
from campaigns.models import Whistle, WhistleExtension, WhistlePhoto
from campaigns.rules import Deed, deeds_for, refusal_of
from campaigns.views.whistle_page import (
    judge_part,
    photo_part,
    whistle_for,
    whistle_page,
)
from core.errors import RuleError
from core.uploads import removed_on_failure


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request", "X-Requested-With")
def whistle_photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Photos of the place with the form for more; posted: more photos.

    A script that sends one photo after the other (uploads.js) is answered in JSON:
    `notices`, or with 422 an `error`.
    """
    whistle = whistle_for(request, pk, Deed.PHOTOGRAPH)
    if request.method != "POST":
        return _photo_page(request, whistle)
    form = WhistlePhotoForm(request.POST, request.FILES)
    is_kept = form.is_valid() and _keep(form, whistle, request)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        if is_kept:
            return JsonResponse({"notices": []})
        error = "".join(str(text) for texts in form.errors.values() for text in texts)
        return JsonResponse({"error": error}, status=422)
    if not is_kept:
        return _photo_page(request, whistle, photo_form=form, status=422)
    messages.success(request, _("照片已保存。"))
    return redirect(whistle)


def _keep(form: WhistlePhotoForm, whistle: Whistle, request: HttpRequest) -> bool:
    """Keep all or none of the photos."""
    try:
        with removed_on_failure(), transaction.atomic():
            for photo in form.cleaned_data["photos"]:
                add_whistle_photo(whistle=whistle, photo=photo, by=request.user)
    except RuleError as error:
        form.add_error("photos", str(error))
        return False
    return True


def _photo_page(
    request: HttpRequest, whistle: Whistle, *, status: int = 200, **sent: object
) -> HttpResponse:
    can_add = not refusal_of(Deed.PHOTOGRAPH, whistle)
    context = {"whistle": whistle, **photo_part(whistle, can_add=can_add), **sent}
    name = "_whistle_photos.html" if request.htmx else "whistle_photos.html"
    return render(request, f"campaigns/{name}", context, status=status)


@require_POST
@login_required
def whistle_photo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo of the place back."""
    photo = get_object_or_404(WhistlePhoto.objects.filter(entry=None), pk=pk)
    whistle = whistle_for(request, photo.whistle_id, Deed.PHOTOGRAPH)
    return _done(
        request,
        whistle,
        lambda: remove_whistle_photo(photo=photo, by=request.user),
        _("照片已移除。"),
    )


@require_POST
@login_required
def whistle_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Blow the whistle: to the street, or straight to a paired unit."""
    whistle = whistle_for(request, pk, Deed.ISSUE)
    form = IssueForm(request.POST, whistle=whistle, day=timezone.localdate())
    if not form.is_valid():
        return whistle_page(request, whistle, status=422, issue_form=form)
    unit = form.organization
    told = _("哨单已发给%(unit)s。") % {"unit": unit} if unit else ""
    return _done(
        request,
        whistle,
        lambda: actions.issue_whistle(
            whistle=whistle, organization=unit, by=request.user, now=timezone.now()
        ),
        told or _("哨单已交街道派单。"),
    )


@require_POST
@login_required
def whistle_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a whistle off."""
    whistle = whistle_for(request, pk, Deed.WITHDRAW)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return whistle_page(request, whistle, status=422, withdraw_form=form)
    return _done(
        request,
        whistle,
        lambda: actions.withdraw_whistle(
            whistle=whistle, by=request.user, now=timezone.now(), **form.cleaned_data
        ),
        _("哨单已撤回。"),
    )


@require_POST
@login_required
def whistle_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what was delivered; the rating may follow."""
    whistle = whistle_for(request, pk, Deed.VERIFY)
    return _done(
        request,
        whistle,
        lambda: actions.verify_whistle(
            whistle=whistle, by=request.user, now=timezone.now()
        ),
        _("已确认办结，请在期限内评价。"),
    )


@require_POST
@login_required
def whistle_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it done again."""
    whistle = whistle_for(request, pk, Deed.REOPEN)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _judge_page(request, whistle, status=422, reopen_form=form)
    return _done(
        request,
        whistle,
        lambda: actions.reopen_whistle(
            whistle=whistle, by=request.user, now=timezone.now(), **form.cleaned_data
        ),
        _("已要求重新办理，承办单位会收到通知。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def whistle_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of judging what was delivered; posted: confirm and rate in one."""
    whistle = whistle_for(request, pk, Deed.RATE)
    if request.method != "POST":
        return _judge_page(request, whistle)
    form = RateForm(request.POST)
    if not form.is_valid():
        return _judge_page(request, whistle, status=422, rate_form=form)
    return _done(
        request,
        whistle,
        lambda: actions.rate_whistle(
            whistle=whistle, by=request.user, now=timezone.now(), **form.cleaned_data
        ),
        _("评价已保存，哨单办结。"),
    )


def _judge_page(
    request: HttpRequest, whistle: Whistle, *, status: int = 200, **sent: object
) -> HttpResponse:
    """Judging alone on a page; when there is nothing to judge, why."""
    if refusal := refusal_of(Deed.RATE, whistle):
        messages.error(request, refusal)
        return redirect(whistle)
    deeds = deeds_for(request.user, whistle)
    context = {"whistle": whistle, **judge_part(whistle, deeds), **sent}
    return render(request, "campaigns/whistle_judge.html", context, status=status)


@require_POST
@login_required
def extension_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the unit gets more time."""
    asked = WhistleExtension.objects.select_related("response__organization")
    extension = get_object_or_404(asked, pk=pk)
    response = extension.response
    whistle = whistle_for(request, response.whistle_id, Deed.ANSWER_EXTENSION)
    form = ExtensionAnswerForm(request.POST, extension=extension)
    if not form.is_valid():
        sent = {response.pk: {"extension_answer_form": form}}
        return whistle_page(request, whistle, status=422, response_forms=sent)
    is_granted = form.cleaned_data["decision"] == GRANT
    return _done(
        request,
        whistle,
        lambda: answer_extension(
            extension=extension,
            is_granted=is_granted,
            answer=form.cleaned_data["answer"],
            by=request.user,
            now=timezone.now(),
        ),
        _("已同意延期。") if is_granted else _("已答复不同意延期。"),
    )


def _done(
    request: HttpRequest, whistle: Whistle, act: Callable[[], object], told: str
) -> HttpResponse:
    """Do it, say how it went, and go back to the whistle."""
    try:
        act()
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect(whistle)
