"""Papers of a campaign: read by everyone, written by the office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from campaigns.actions import documents as actions
from campaigns.forms.documents import CampaignDocumentForm, WithdrawForm
from campaigns.models import Campaign, CampaignDocument
from campaigns.queries.campaigns import campaigns_visible_to
from campaigns.queries.documents import documents_visible_to
from communities.permissions import Permission, has_permission, require
from communities.views.posted import posted
from core.errors import RuleError
from core.private_files import private_file

CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg"}
WORDS = ("kind", "title", "issued_on", "text", "position")


@require_safe
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper, with its file to download."""
    document = _document(request, pk)
    can_manage = has_permission(request.user, Permission.CAMPAIGN_MANAGE)
    context = {"document": document, "can_manage": can_manage}
    return render(request, "campaigns/document_detail.html", context)


@require_safe
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a paper, to be saved, for those who may see the paper."""
    document = _document(request, pk)
    if not document.file:
        raise Http404
    extension = document.file.rpartition(".")[2]
    return private_file(
        document.file,
        as_attachment=True,
        filename=document.file_name,
        content_type=CONTENT_TYPES.get(extension, "application/octet-stream"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def document_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a paper of a campaign, with a look at it before it is saved."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    require(has_permission(request.user, Permission.CAMPAIGN_MANAGE))
    form = CampaignDocumentForm(*posted(request))
    if _is_saving(request, form):
        words = {name: form.cleaned_data[name] for name in WORDS}
        document = CampaignDocument(campaign=campaign, **words)
        try:
            document = actions.create_document(
                document=document, file=form.cleaned_data["file"], by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("文件已保存为草稿，发布后公众才能看到。"))
            return redirect(document)
    return _form_page(request, form, campaign)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a paper that is not published."""
    document = _kept(request, pk)
    initial = {name: getattr(document, name) for name in WORDS}
    form = CampaignDocumentForm(*posted(request), initial=initial)
    if _is_saving(request, form):
        try:
            actions.update_document(
                document=document,
                values={name: form.cleaned_data[name] for name in WORDS},
                file=form.cleaned_data["file"],
                by=request.user,
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("文件已保存。"))
            return redirect(document)
    return _form_page(request, form, document.campaign, document)


@require_POST
@login_required
def document_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a paper to everyone."""
    document = _kept(request, pk)
    try:
        actions.publish_document(document=document, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("文件已发布。"))
    return redirect(document)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def document_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper from the campaign's page."""
    document = _kept(request, pk)
    form = WithdrawForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_document(
                document=document, by=request.user, **form.cleaned_data
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("文件已撤下，公众不再能看到。"))
            return redirect(document)
    consequences = [_("公众不再能看到这份文件。"), _("修改后可以再次发布。")]
    context = {"form": form, "document": document, "consequences": consequences}
    status = 422 if form.errors else 200
    return render(request, "campaigns/document_withdraw.html", context, status=status)


def _document(request: HttpRequest, pk: int) -> CampaignDocument:
    return get_object_or_404(documents_visible_to(request.user), pk=pk)


def _kept(request: HttpRequest, pk: int) -> CampaignDocument:
    """A paper one can see, for the office only: else 404 and 403."""
    document = _document(request, pk)
    require(has_permission(request.user, Permission.CAMPAIGN_MANAGE))
    return document


def _is_saving(request: HttpRequest, form: CampaignDocumentForm) -> bool:
    is_sent = request.method == "POST" and "preview" not in request.POST
    return is_sent and form.is_valid()


def _form_page(
    request: HttpRequest,
    form: CampaignDocumentForm,
    campaign: Campaign,
    document: CampaignDocument | None = None,
) -> HttpResponse:
    """The form; asked for a preview, with the text as it would be shown."""
    context = {"form": form, "campaign": campaign, "document": document}
    status = 422 if form.errors else 200
    if "preview" in request.POST:
        context["preview"] = form.cleaned_data.get("text", "")
        context["is_preview"] = True
    return render(request, "campaigns/document_form.html", context, status=status)
