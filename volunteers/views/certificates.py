"""One's own certificates, and the page where anybody checks a number."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import RuleError
from core.unlisted import unlisted
from volunteers import exports
from volunteers.actions.certificates import issue_certificate
from volunteers.actions.volunteers import volunteer_of
from volunteers.forms.certificates import CertificateForm, NumberForm
from volunteers.models import Certificate
from volunteers.queries.certificates import (
    certificate_numbered,
    confirmed_days,
    own_certificates,
)

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def certificate_list(request: HttpRequest) -> HttpResponse:
    """One's certificates, and the form that asks for another."""
    days, today = confirmed_days(request.user), timezone.localdate()
    form = None
    if days:
        form = CertificateForm(request.POST or None, days=days, today=today)
    if request.method == "POST":
        answer = _issue(request, form)
        if answer:
            return answer
    page = Paginator(own_certificates(request.user), PAGE_SIZE)
    context = {"form": form, "page": page.get_page(request.GET.get("page"))}
    status = 422 if request.method == "POST" else 200
    return render(request, "volunteers/certificate_list.html", context, status=status)


def _issue(request: HttpRequest, form: CertificateForm | None) -> HttpResponse | None:
    if form is None or not form.is_valid():
        return None
    try:
        certificate = issue_certificate(
            volunteer=volunteer_of(request.user),
            from_on=form.cleaned_data["from_on"],
            until_on=form.cleaned_data["until_on"],
            by=request.user,
            now=timezone.now(),
        )
    except RuleError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("证明已开具，可以下载 PDF。"))
    return redirect("volunteers:certificate_detail", pk=certificate.pk)


def _own_certificate(request: HttpRequest, pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk)


@require_safe
@login_required
def certificate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate with all that stands on it."""
    return _detail_page(request, _own_certificate(request, pk))


def _detail_page(
    request: HttpRequest, certificate: Certificate, *, missing: str = ""
) -> HttpResponse:
    lines = [
        {**line, "day": date.fromisoformat(line["day"])} for line in certificate.lines
    ]
    context = {
        "certificate": certificate,
        "newer": Certificate.objects.filter(supersedes=certificate).first(),
        "page": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "missing": missing,
    }
    status = 503 if missing else 200
    return render(request, "volunteers/certificate_detail.html", context, status=status)


@require_safe
@login_required
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate as a file; for its holder alone."""
    certificate = _own_certificate(request, pk)
    try:
        content = exports.certificate_pdf(certificate)
    except exports.PdfMissing as error:
        return _detail_page(request, certificate, missing=str(error))
    response = HttpResponse(content, content_type="application/pdf")
    name = f'attachment; filename="{certificate.number}.pdf"'
    response["Content-Disposition"] = name
    response["Cache-Control"] = "no-store, private"
    return response


# Anybody --------------------------------------------------------------------


@require_safe
@unlisted
def certificate_check(request: HttpRequest) -> HttpResponse:
    """Where a number is typed in; a number that is known leads to its page."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if not form.is_bound:
        return _check_page(request, form, status=200)
    if not form.is_valid():
        return _check_page(request, form, status=422)
    certificate = certificate_numbered(form.cleaned_data["number"])
    if certificate is None:
        return _check_page(request, form, status=404)
    return redirect(certificate)


@require_safe
@unlisted
def certificate_verify(request: HttpRequest, number: str) -> HttpResponse:
    """What a number stands for, the holder's name masked; the same 404 for all else."""
    certificate = certificate_numbered(number)
    if certificate is None:
        form = NumberForm(initial={"number": number[:60]})
        return _check_page(request, form, status=404)
    context = {"certificate": certificate}
    return render(request, "volunteers/certificate_verify.html", context)


def _check_page(request: HttpRequest, form: NumberForm, *, status: int) -> HttpResponse:
    context = {"form": form, "is_unknown": status == 404}
    return render(request, "volunteers/certificate_check.html", context, status=status)
