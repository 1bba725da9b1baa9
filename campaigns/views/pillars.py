"""Pages of the pillars: what each asks for, what was done."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaigns.models import Activity, Pillar
from campaigns.queries.activities import with_names_of_the_day

PAGE_SIZE = 25


@require_safe
def pillar_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A pillar: what it asks for, its initiatives, what was done."""
    pillar = get_object_or_404(Pillar, code=code)
    done = (
        Activity.objects.public()
        .filter(pillar=pillar)
        .select_related("organization", "initiative", "community")
    )
    page = Paginator(done, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = with_names_of_the_day(page.object_list)
    context = {
        "pillar": pillar,
        "initiatives": pillar.initiatives.filter(is_open=True),
        "page": page,
    }
    return render(request, "campaigns/pillar_detail.html", context)
