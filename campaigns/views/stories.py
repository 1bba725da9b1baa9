"""Stories of families and neighbours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaigns.models import Story


@require_safe
def story_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One story."""
    stories = Story.objects.visible_to(request.user)
    story = get_object_or_404(stories, pk=pk)
    return render(request, "campaigns/story_detail.html", {"story": story})
