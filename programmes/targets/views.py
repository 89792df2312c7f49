"""Programmes with their groups and targets: pages for everybody, forms for staff of the province."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.db.models import Count, ProtectedError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from khuyencong.forms import saving
from khuyencong.models import Province
from khuyencong.refusals import RefusedError
from programmes.models import Programme, ProgrammeGroup, ProgrammeTarget, TargetFigure
from programmes.targets.forms import FigureForm, GroupForm, ProgrammeForm, TargetForm
from programmes.targets.page import sections, summary
from programmes.targets.visible import own_programmes, programmes_for

STALE = "Người khác vừa sửa chỉ tiêu này. Những gì bạn gõ vẫn còn: đối chiếu với trang chương trình rồi lưu lại nếu vẫn đúng."
READ, WRITE = "programmes.view_programmetarget", "programmes.change_programmetarget"
FORM = ["GET", "HEAD", "POST"]


@require_safe
@permission_required(READ, raise_exception=True)
def programme_list(request):
    programmes = programmes_for(request.user).select_related("province")
    counted = programmes.annotate(
        group_count=Count("groups", distinct=True), target_count=Count("targets", distinct=True)
    )
    return render(request, "programmes/targets/programme_list.html", {"programmes": counted})


@require_safe
@permission_required(READ, raise_exception=True)
def programme_detail(request, pk):
    programme = get_object_or_404(programmes_for(request.user).select_related("province"), pk=pk)
    found, years, total = sections(programme, request.user, timezone.localdate())
    context = {
        "programme": programme,
        "sections": found,
        "years": years,
        "total": total,
        "summary": summary(found),
        "can_edit": programme.province_id is not None and request.user.has_perm(WRITE),
    }
    return render(request, "programmes/targets/programme_detail.html", context)


@require_http_methods(FORM)
@permission_required("programmes.add_programme", raise_exception=True)
def programme_create(request):
    today = timezone.localdate()
    first = today.year - (today.year - 1) % 5
    province = Province.objects.visible_to(request.user).on(today).first()
    programme = Programme(first_year=first, last_year=first + 4, province=province)
    return _edit(request, ProgrammeForm(request.POST or None, instance=programme, user=request.user), programme)


@require_http_methods(FORM)
@permission_required(WRITE, raise_exception=True)
def programme_edit(request, pk):
    programme = get_object_or_404(own_programmes(request.user), pk=pk)
    return _edit(request, ProgrammeForm(request.POST or None, instance=programme, user=request.user), programme)


@require_http_methods(FORM)
@permission_required(WRITE, raise_exception=True)
def group_create(request, pk):
    programme = get_object_or_404(own_programmes(request.user), pk=pk)
    group = ProgrammeGroup(programme=programme, position=programme.groups.count() + 1)
    return _edit(request, GroupForm(request.POST or None, instance=group), programme)


@require_http_methods(FORM)
@permission_required(WRITE, raise_exception=True)
def group_edit(request, pk):
    group = _own(request, ProgrammeGroup, pk)
    return _edit(request, GroupForm(request.POST or None, instance=group), group.programme)


@require_http_methods(FORM)
@permission_required(WRITE, raise_exception=True)
def target_create(request, pk):
    programme = get_object_or_404(own_programmes(request.user), pk=pk)
    asked = request.GET.get("group", "")
    group = programme.groups.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    target = ProgrammeTarget(programme=programme, group=group, position=programme.targets.count() + 1)
    return _edit(request, TargetForm(request.POST or None, instance=target), programme)


@require_http_methods(FORM)
@permission_required(WRITE, raise_exception=True)
def target_edit(request, pk):
    target = _own(request, ProgrammeTarget, pk)
    return _edit(request, TargetForm(request.POST or None, instance=target), target.programme)


@require_POST
@permission_required(WRITE, raise_exception=True)
def group_delete(request, pk):
    """Only a group without targets."""
    return _delete(request, _own(request, ProgrammeGroup, pk))


@require_POST
@permission_required(WRITE, raise_exception=True)
def target_delete(request, pk):
    return _delete(request, _own(request, ProgrammeTarget, pk))


@require_http_methods(FORM)
@permission_required(WRITE, raise_exception=True)
def target_figures(request, pk):
    """What each year gave, for a target that no record can measure."""
    target = _own(request, ProgrammeTarget, pk)
    if not target.is_by_hand:
        messages.error(request, "Chỉ tiêu này được tính từ đề án, không nhập tay.")
        return redirect(target)
    saved = {figure.year: figure for figure in target.figures.all()}
    first, last = (
        (target.year, target.year) if target.year else (target.programme.first_year, target.programme.last_year)
    )
    rows = [
        FigureForm(
            request.POST or None,
            instance=saved.get(year) or TargetFigure(target=target, year=year),
            prefix=f"y{year}",
        )
        for year in range(first, last + 1)
    ]
    if request.method == "POST" and not [row for row in rows if not row.is_valid()]:
        with transaction.atomic():
            for row in rows:
                with saving(row):
                    row.save_or_drop()
            transaction.set_rollback(any(row.errors for row in rows))
        if not any(row.errors for row in rows):
            messages.success(request, "Đã lưu kết quả nhập tay.")
            return redirect(target)
    return render(request, "programmes/targets/target_figures.html", {"target": target, "rows": rows})


def _own(request, model, pk):
    rows = model.objects.select_related("programme").filter(programme__in=own_programmes(request.user))
    return get_object_or_404(rows, pk=pk)


def _edit(request, form, programme):
    """One form for each of the three; back to the programme once saved."""
    row = form.instance
    if request.method == "POST" and form.is_valid():
        with saving(form):
            _refuse_stale(request, row)
            form.save()
        if not form.errors:
            messages.success(request, "Đã lưu.")
            return redirect("programmes:programme-detail", row.pk if row == programme else programme.pk)
    template = f"programmes/targets/{row._meta.model_name.removeprefix('programme') or 'programme'}_form.html"
    return render(request, template, {"form": form, "programme": programme})


def _refuse_stale(request, row):
    """Nobody saved the target since the page was opened; what was typed stays in the form with the new version."""
    if row.pk is None or not hasattr(row, "version"):
        return
    saved = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if request.POST.get("version") != str(saved.version):
        row.version = saved.version
        raise RefusedError(STALE, "stale")


def _delete(request, row):
    try:
        row.delete()
    except ProtectedError:
        messages.error(request, "Nhóm còn chỉ tiêu: chuyển hoặc xóa các chỉ tiêu của nhóm trước.")
    else:
        messages.success(request, f"Đã xóa {row._meta.verbose_name}.")
    return redirect("programmes:programme-detail", row.programme_id)
