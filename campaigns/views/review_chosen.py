"""Several decisions at once: a page that says what will be done, then doing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.actions.reviews import Refused, refusal_to_review, review_several
from campaigns.forms.reviews import ChosenForm, SeveralForm
from campaigns.models import Activity, Review
from campaigns.queries.review_queue import queue_rows, with_counts
from communities.permissions import Permission, has_permission, require

NAMED = 10


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review_chosen(request: HttpRequest) -> HttpResponse:
    """GET says what would be done with the chosen ones and what not; POST does it."""
    require(has_permission(request.user, Permission.ACTIVITY_REVIEW))
    if request.method != "POST":
        form = ChosenForm(request.GET)
        return _page(request, form, status=200)
    form = SeveralForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    chosen = _chosen(request, form)
    reviews, refused = review_several(
        activities=chosen,
        decision=form.cleaned_data["decision"],
        reason=form.cleaned_data["reason"],
        points=form.points(),
        by=request.user,
    )
    _tell(request, form.cleaned_data["decision"], len(reviews), refused)
    return HttpResponseRedirect(_queue_url(form))


def _chosen(request: HttpRequest, form: ChosenForm) -> list[tuple[Activity, int]]:
    """The chosen activities the user may open, each with the turn that was seen."""
    turns = dict(form.cleaned_data.get("chosen", []))
    visible = Activity.objects.visible_to(request.user).filter(pk__in=turns)
    rows = with_counts(visible).order_by("submitted_at", "pk")
    return [(row, turns[row.pk]) for row in rows]


def _page(request: HttpRequest, form: ChosenForm, *, status: int) -> HttpResponse:
    """What will be done and what cannot be, before it is done."""
    is_chosen = form.is_valid() or bool(form.cleaned_data.get("chosen"))
    rows = _chosen(request, form) if is_chosen else []
    queue_rows([row for row, _turn in rows], today=timezone.localdate())
    ready, refused = [], []
    for row, turn in rows:
        text = refusal_to_review(row, is_as_seen=row.turn == turn, by=request.user)
        if text:
            refused.append(Refused(row, text))
        else:
            ready.append((row, turn))
    decision = form.cleaned_data.get("decision", "")
    context = {
        "form": form if isinstance(form, SeveralForm) else SeveralForm(),
        "errors": form,
        "ready": ready,
        "refused": refused,
        "decision": decision,
        "is_return": decision == Review.Decision.RETURNED,
        "back": form.cleaned_data.get("back", ""),
        "queue_url": _queue_url(form),
    }
    return render(request, "campaigns/review_chosen.html", context, status=status)


def _queue_url(form: ChosenForm) -> str:
    """The queue with the filters it had."""
    query = QueryDict(form.cleaned_data.get("back", "")).urlencode()
    url = reverse("campaigns:review_list")
    return f"{url}?{query}" if query else url


def _tell(
    request: HttpRequest, decision: str, done: int, refused: list[Refused]
) -> None:
    is_approval = decision == Review.Decision.APPROVED
    if done:
        text = _("已通过 %(count)d 项。") if is_approval else _("已退回 %(count)d 项。")
        messages.success(request, text % {"count": done})
    for row in refused[:NAMED]:
        words = {"title": row.activity.title, "text": row.text}
        messages.error(request, _("“%(title)s”没有处理：%(text)s") % words)
    if len(refused) > NAMED:
        words = {"count": len(refused) - NAMED}
        messages.error(request, _("另有 %(count)d 项没有处理，仍在队列中。") % words)
