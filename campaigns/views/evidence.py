"""What proves a record: photos and documents added, described, taken back."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from campaigns.actions.evidence import (
    Target,
    Words,
    add_evidence,
    describe_evidence,
    held_evidence,
    remove_evidence,
)
from campaigns.forms.evidence import (
    DocumentForm,
    EvidenceForm,
    FollowingCaptionFields,
    WordsForm,
)
from campaigns.models import Evidence
from campaigns.queries.evidence import duplicates_of
from campaigns.views.evidence_part import evidence_panel, marked
from campaigns.views.evidence_targets import (
    can_edit_evidence,
    visible_evidence,
    visible_target,
)
from communities.permissions import require
from core.dates import day_text
from core.errors import RuleError
from core.uploads import CheckedDocument, CheckedPhoto, removed_on_failure

Upload = CheckedPhoto | CheckedDocument


def add_photos(
    form: FollowingCaptionFields, target: Target, request: HttpRequest
) -> None:
    """Keep the photos given with a record; its transaction takes the rows back."""
    words = form.words_for(target)
    for notice in keep(form.cleaned_data["photos"], words, target, request.user):
        messages.warning(request, notice)


def keep(
    uploads: Iterable[Upload], words: Words, target: Target, by: User
) -> list[str]:
    """Keep all or none of the files; what the person should know about them."""
    notices, added = [], []
    with removed_on_failure(), transaction.atomic():
        for upload in uploads:
            if held_evidence(target, upload):
                notices.append(_("这个文件已在记录中，没有重复保存。"))
                continue
            added.append(add_evidence(target=target, upload=upload, words=words, by=by))
    duplicates = duplicates_of(added, by) if added else {}
    return notices + [
        _used_already(other) for others in duplicates.values() for other in others[:1]
    ]


def _used_already(other) -> str:
    if not other.title:
        return _("这张照片已用于其他记录，请核对是否传错。")
    return _("这张照片已用于“%(title)s”（%(day)s），请核对是否传错。") % {
        "title": other.title,
        "day": day_text(other.day),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request", "X-Requested-With")
def evidence_add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The evidence of a record with its forms; posted: more photos.

    A script that sends one photo after the other (uploads.js) is answered in JSON:
    `notices`, or with 422 an `error`.
    """
    target = visible_target(request, kind, pk)
    require(can_edit_evidence(request.user, target))
    if request.method != "POST":
        return _panel(request, target)
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    form = EvidenceForm(request.POST, request.FILES, target=target)
    notices = _kept(form, "photos", target, request)
    if is_script:
        return _told(form, notices)
    if notices is None:
        return _panel(request, target, form=form, status=422)
    return _saved(request, target, _("照片已保存。"), notices)


@require_POST
@login_required
def document_add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Add a document to a record."""
    target = visible_target(request, kind, pk)
    require(can_edit_evidence(request.user, target))
    form = DocumentForm(request.POST, request.FILES)
    notices = _kept(form, "file", target, request)
    if notices is None:
        return _panel(request, target, document_form=form, status=422)
    return _saved(request, target, _("文件已保存。"), notices)


def _kept(form, field: str, target: Target, request: HttpRequest) -> list[str] | None:
    """Keep what the form holds; None when it is not fit."""
    if not form.is_valid():
        return None
    given = form.cleaned_data[field]
    if field == "file":
        given, words = [given], Words(purpose=form.cleaned_data["purpose"])
    else:
        words = form.words()
    try:
        return keep(given, words, target, request.user)
    except RuleError as error:
        form.add_error(field, str(error))
        return None


def _told(form: EvidenceForm, notices: list[str] | None) -> JsonResponse:
    if notices is not None:
        return JsonResponse({"notices": notices})
    texts = [
        str(error) if name in ("photos", "__all__") else f"{form[name].label}：{error}"
        for name, errors in form.errors.items()
        for error in errors
    ]
    return JsonResponse({"error": "".join(texts)}, status=422)


def _saved(
    request: HttpRequest, target: Target, done: str, notices: list[str]
) -> HttpResponse:
    for notice in notices:
        messages.warning(request, notice)
    if not notices:
        messages.success(request, done)
    return redirect(target)


def _panel(
    request: HttpRequest, target: Target, *, status: int = 200, **forms: object
) -> HttpResponse:
    context = evidence_panel(request, target, can_edit=True, **forms)
    name = "_evidence_rows.html" if request.htmx else "evidence_page.html"
    return render(request, f"campaigns/{name}", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request")
def evidence_describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the words of a photo or document anew, in place or on a page."""
    evidence, target = visible_evidence(request, pk)
    require(can_edit_evidence(request.user, target))
    if request.GET.get("as") == "shown" and request.htmx:
        return _described(request, evidence)
    form = WordsForm(request.POST or None, evidence=evidence)
    if request.method == "POST" and form.is_valid():
        try:
            evidence = describe_evidence(
                evidence=evidence, words=form.words(), by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            if request.htmx:
                return _described(request, evidence)
            messages.success(request, _("说明已保存。"))
            return redirect(target)
    name = "_evidence_words.html" if request.htmx else "evidence_describe.html"
    context = {"evidence": evidence, "target": target, "words_form": form}
    status = 422 if form.errors else 200
    return render(request, f"campaigns/{name}", context, status=status)


def _described(request: HttpRequest, evidence: Evidence) -> HttpResponse:
    context = {"evidence": marked(evidence, request), "can_edit": True}
    return render(request, "campaigns/_evidence_row.html", context)


@require_POST
@login_required
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo or a document back."""
    evidence, target = visible_evidence(request, pk)
    require(can_edit_evidence(request.user, target))
    try:
        remove_evidence(evidence=evidence, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已移除。"))
    return redirect(target)
