"""Facilities that may be one: the list of suspects, the preview, the merge and the way back."""

from functools import wraps

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from facilities import merged
from facilities.duplicates import PAGE_SIZE, SIGNS, candidates
from facilities.filters import visible_provinces
from facilities.forms.merging import MergeForm
from facilities.models import Facility, FacilityMerge
from facilities.services import merging
from khuyencong import refusals
from khuyencong.forms import saving
from khuyencong.money import format_amount
from khuyencong.paging import Page, paginate

may_merge = permission_required("facilities.merge_facility", raise_exception=True)


def about(*names):
    """The view gets the facilities whose ids stand in the request under `names`; without them there is only the list."""

    def decorate(view):
        @wraps(view)
        def wrapped(request):
            data = request.POST if request.method == "POST" else request.GET
            if not data.keys() >= set(names):
                return redirect("facilities:duplicate-list")
            return view(request, *(_visible(request, data[name]) for name in names))

        return wrapped

    return decorate


class DuplicateFilter(django_filters.FilterSet):
    """Where suspects are looked for, and by which sign."""

    province = django_filters.ModelChoiceFilter(
        queryset=visible_provinces, label="Tỉnh, thành phố", empty_label="Mọi tỉnh, thành phố"
    )
    sign = django_filters.ChoiceFilter(
        choices=list(SIGNS.items()), method="as_it_is", label="Dấu hiệu", empty_label="Mọi dấu hiệu"
    )

    class Meta:
        model = Facility
        fields = ["province", "sign"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.request.user.province_id:
            del self.filters["province"]

    def as_it_is(self, queryset, name, value):
        """The sign is one of the pair, not of a facility."""
        return queryset

    @property
    def chosen(self):
        return self.form.cleaned_data if self.form.is_valid() else {}


@require_safe
@may_merge
def duplicate_list(request):
    """Pairs that may be one. Similar names are looked for within one province only: they cost most."""
    filters = DuplicateFilter(request.GET, queryset=Facility.objects.visible_to(request.user), request=request)
    names = bool(request.user.province_id or filters.chosen.get("province"))
    number = request.GET.get("page", "")
    number = int(number) if number.isdecimal() and 0 < len(number) < 6 and int(number) else 1
    pairs, count = candidates(
        filters.qs, sign=filters.chosen.get("sign", ""), names=names, offset=(number - 1) * PAGE_SIZE
    )
    context = {"filters": filters, "page": _page(request, pairs, count, number), "names": names}
    return render(request, "facilities/merge_candidates.html", context)


def _page(request, pairs, count, number):
    first = (number - 1) * PAGE_SIZE + 1

    def url(other):
        query = request.GET.copy()
        query["page"] = other
        return f"?{query.urlencode()}"

    return Page(
        rows=pairs,
        first=first if pairs else None,
        last=first + len(pairs) - 1 if pairs else None,
        count_label=format_amount(count),
        previous_url=url(number - 1) if number > 1 else None,
        next_url=url(number + 1) if count > number * PAGE_SIZE else None,
    )


@require_POST
@may_merge
@about("first", "second")
def duplicate_dismiss(request, first, second):
    """A person looked: these two are not one."""
    done = f"Đã ghi: {first} và {second} là hai cơ sở khác nhau."
    reason = request.POST.get("reason", "")
    return _act(
        request,
        "facilities:duplicate-list",
        lambda: merging.tell_apart(first, second, by=request.user, reason=reason),
        done,
    )


@require_safe
@may_merge
@about("kept", "duplicate")
def merge_preview(request, kept, duplicate):
    """What a merge would bring together, before anything is done."""
    for one, other in ((kept, duplicate), (duplicate, kept)):
        if one.merged_into_id or one.pk == other.pk:
            messages.info(request, f"{one} đã gộp vào {one.merged_into}." if one.merged_into else merging.ITSELF)
            return redirect(one.merged_into or one)
    preview = merged.preview(kept, duplicate, request.user)
    return _show(request, MergeForm(preview=preview))


@require_POST
@may_merge
@about("kept", "duplicate")
def merge_create(request, kept, duplicate):
    form = MergeForm(request.POST, preview=merged.preview(kept, duplicate, request.user))
    if duplicate.merged_into_id == kept.pk:  # a second click
        return redirect(kept)
    if form.is_valid():
        with saving(form):
            reason = form.cleaned_data["reason"]
            merging.merge(kept, duplicate, by=request.user, reason=reason, take=form.take, versions=form.seen)
        if not form.errors:
            messages.success(request, f"Đã gộp {duplicate} vào {kept}. Có thể hoàn tác trong danh sách các lần gộp.")
            return redirect(kept)
    return _show(request, form)


def _show(request, form):
    return render(request, "facilities/merge_preview.html", {"form": form, "preview": form.preview})


@require_safe
@may_merge
def merge_list(request):
    merges = FacilityMerge.objects.visible_to(request.user).named()
    page = paginate(request, merges, ("-merged_at", "-pk"))
    return render(request, "facilities/merge_list.html", {"page": page})


@require_POST
@may_merge
def merge_undo(request, pk):
    merge = get_object_or_404(FacilityMerge.objects.visible_to(request.user).named(), pk=pk)
    reason = request.POST.get("reason", "")
    done = f"Đã hoàn tác: {merge.duplicate} lại là một cơ sở riêng."
    return _act(request, "facilities:merge-list", lambda: merging.undo(merge, by=request.user, reason=reason), done)


def _act(request, where, act, done):
    """Do it and go to the page `where` with what happened."""
    try:
        act()
    except (IntegrityError, refusals.RefusedError) as error:
        messages.error(request, refusals.explain(error).sentence)
    else:
        messages.success(request, done)
    return redirect(where)


def _visible(request, pk):
    """The facility, or 404 also for what is no number."""
    pk = pk if pk.isdecimal() and len(pk) < 19 else 0
    return get_object_or_404(Facility.objects.visible_to(request.user).for_page(), pk=pk)
