"""Stories of families and neighbours, as everyone reads them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns.forms.stories import PublicStoryFilterForm, ReasonForm
from campaigns.models import Story
from campaigns.permissions import (
    can_edit_story,
    can_publish_story,
    can_see_consents,
    can_write_story,
)
from campaigns.queries.stories import (
    public_stories,
    stories_listed_for,
    with_communities_then,
)
from campaigns.views.consent_part import consent_part
from campaigns.views.evidence_part import evidence_panel
from core.audit import history_of

PAGE_SIZE = 24


# Nothing keeps a copy: what a person takes back is gone with the next look.
@require_safe
@never_cache
@vary_on_headers("HX-Request")
def story_list(request: HttpRequest) -> HttpResponse:
    """Published stories, by kind and street."""
    form = PublicStoryFilterForm(request.GET)
    context = {"form": form}
    if form.is_valid():
        stories = public_stories(**form.cleaned_data)
        page = Paginator(stories, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = with_communities_then(page.object_list)
        context["page"] = page
    name = "_story_cards.html" if request.htmx else "story_list.html"
    return render(request, f"campaigns/{name}", context)


def visible_story(request: HttpRequest, pk: int) -> Story:
    """The story, or 404 when the user may not read it."""
    stories = Story.objects.visible_to(request.user).select_related(
        "organization", "community__subdistrict", "created_by"
    )
    return get_object_or_404(stories, pk=pk)


@require_safe
@never_cache
def story_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One story; for its officials also photos to add, consents and what comes next."""
    return story_page(request, visible_story(request, pk))


def story_page(
    request: HttpRequest,
    story: Story,
    *,
    reason_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what this reader may see and do."""
    with_communities_then([story])
    user = request.user
    is_writer = can_write_story(user, story)
    reviews = can_publish_story(user, story)
    is_official = is_writer or stories_listed_for(user).filter(pk=story.pk).exists()
    context = {
        "story": story,
        "is_official": is_official,
        "is_writer": is_writer,
        "can_judge": reviews and story.state == Story.State.SUBMITTED,
        "is_own": user.pk in {story.submitted_by_id, story.created_by_id},
        "can_take_down": can_see_consents(user, story),
        "reason_form": reason_form or ReasonForm(),
        **evidence_panel(request, story, can_edit=can_edit_story(user, story)),
    }
    if is_official:
        closed = story.state == Story.State.WITHDRAWN
        context |= consent_part(request, story, can_record=is_writer and not closed)
        context["history"] = history_of(story)
        context["returned"] = (
            context["history"].filter(verb="campaigns.story_returned").last()
        )
    return render(request, "campaigns/story_detail.html", context, status=status)
