"""Points of a round: what they come to, and the screens on which they are typed."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fairs.enums import Body, Scoring
from fairs.selection import dossier_list, grid, standings
from fairs.selection.forms.points import HEADINGS
from fairs.views.rounds import visible_round

NOT_NOW = "Kỳ bình chọn đang ở bước “{}”: điểm chỉ ghi ở bước chấm điểm."
NO_JURY = "Kỳ này chấm bằng phiếu nhưng chưa có ban giám khảo: ghi danh sách trước."
SAVED = "Đã lưu điểm của {} hồ sơ."
STRAY = "không rõ phiếu này của giám khảo nào, hoặc người đó không còn trong ban giám khảo. Số bạn gõ vẫn còn dưới đây; chọn giám khảo rồi nhập lại."
NOTHING = "Không có ô nào thay đổi nên không lưu gì."


def jurors_of(round):
    """The jury in the order of the list, each with how many sheets were written down (`done`)."""
    done = Count("sheets", filter=Q(sheets__entry__status__in=("complete", "passed", "failed")))
    return list(round.members.filter(body=Body.JURY).annotate(done=done).order_by("pk"))


@require_safe
@permission_required("fairs.view_scoresheet", raise_exception=True)
def round_scores(request, pk):
    """Averages and places within each group, with the mark that passes and where jurors are far apart."""
    round = visible_round(request, pk)
    scale = dossier_list.scale_of(round)
    jurors = jurors_of(round) if round.scoring == Scoring.SHEETS else []
    context = {
        "round": round,
        "scale": scale,
        "jurors": jurors,
        "groups": standings.by_group(round, jurors, scale.pass_mark if scale else None),
        "far_apart": standings.FAR_APART,
        "may_write": grid.is_writable(round) and request.user.has_perm("fairs.change_scoresheet"),
    }
    return render(request, "fairs/selection/round_scores.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("fairs.change_scoresheet", raise_exception=True)
def round_sheets(request, pk):
    """One juror's sheets of all dossiers (`?juror=`), or the averages that the minutes give."""
    round = visible_round(request, pk)
    if not grid.is_writable(round):
        messages.error(request, NOT_NOW.format(round.get_status_display()))
        return redirect(round)
    jurors = jurors_of(round) if round.scoring == Scoring.SHEETS else []
    if round.scoring == Scoring.SHEETS and not jurors:
        messages.error(request, NO_JURY)
        return redirect("fairs:round-members", pk=round.pk)
    named = next((one for one in jurors if str(one.pk) == request.GET.get("juror")), None)
    juror = named or (jurors[0] if jurors else None)
    scale = dossier_list.scale_of(round)
    sheet = grid.Grid(round, scale, juror, request.POST or None)
    is_stray = request.method == "POST" and juror is not None and named is None
    if is_stray:
        sheet.refused = STRAY
    elif request.method == "POST" and _is_saved(request, sheet):
        return redirect(request.get_full_path())
    context = {
        "round": round,
        "jurors": jurors,
        "juror": juror,
        "is_stray": is_stray,
        "grid": sheet,
        "heads": heads(scale) if juror else [("Điểm trung bình", 100)],
        "scale": scale,
    }
    return render(request, "fairs/selection/round_sheets.html", context)


def _is_saved(request, sheet):
    """Saves what is right and says so; False when a row or the database said no."""
    saved = sheet.save(request.user)
    if saved:
        messages.success(request, SAVED.format(saved))
    elif not sheet.faulty and not sheet.refused:
        messages.info(request, NOTHING)
    return not sheet.faulty and not sheet.refused


def heads(scale):
    """(criterion, its most points) of each column."""
    return [(label, getattr(scale, f"{name}_most", None)) for name, label in HEADINGS.items()]
