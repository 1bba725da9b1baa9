"""A person's large files: asked for elsewhere, made in the background, taken here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.exports import cancel_export, check_download
from accounts.models import ExportJob
from core import audit
from core.errors import RuleError
from core.private_files import private_file

PAGE_SIZE = 20
# The badge whose meaning comes nearest; the words say the rest.
LOOKS = {"queued": "pending", "done": "confirmed", "failed": "returned"}


@require_safe
@login_required
@vary_on_headers("HX-Request")
def export_list(request: HttpRequest) -> HttpResponse:
    """A person's files with their progress, the latest first."""
    jobs = ExportJob.objects.filter(owner=request.user)
    page = Paginator(jobs, PAGE_SIZE).get_page(request.GET.get("page"))
    for job in page:
        job.look = LOOKS.get(job.state, job.state)
    is_moving = any(job.state in ExportJob.LIVE_STATES for job in page)
    context = {"page": page, "is_moving": is_moving}
    template = "_export_rows.html" if request.htmx else "export_list.html"
    return render(request, f"accounts/{template}", context)


@require_POST
@login_required
def export_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a file that waits or is being made."""
    job = get_object_or_404(ExportJob, pk=pk, owner=request.user)
    try:
        cancel_export(job=job, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("导出已取消。"))
    return redirect("accounts:export_list")


@require_GET
@login_required
def export_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The finished file, for its owner only; who took it is on record."""
    jobs = ExportJob.objects.select_related("owner")
    done = ExportJob.State.DONE
    job = get_object_or_404(jobs, pk=pk, owner=request.user, state=done)
    try:
        check_download(job)
    except RuleError as error:
        raise PermissionDenied from error
    response = private_file(job.file, as_attachment=True, filename=job.file_name)
    audit.record(
        "accounts.export_job_downloaded",
        target=job,
        by=request.user,
        purpose=job.parameters.get("purpose"),
    )
    return response
