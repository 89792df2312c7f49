"""`manage.py build_report KIND --period CODE [--province CODE] [--boundaries today]`: a report without a browser, by the same engine."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from khuyencong.boundaries import Boundaries
from khuyencong.models import Province
from khuyencong.periods import PeriodError
from khuyencong.refusals import RefusedError
from reports import kinds, services, workbook

NO_PROVINCE = "Không có tỉnh, thành phố nào mang mã “{}” vào ngày {:%d/%m/%Y}."
BAD_DAY = "“{}” không phải là ngày. Hãy ghi như 2020-12-31."


class Command(BaseCommand):
    help = "Lập một báo cáo: in tóm tắt hoặc JSON, ghi tệp Excel nếu có --output."

    def add_arguments(self, parser):
        parser.add_argument("kind", help=f"loại báo cáo: {', '.join(kinds.CATALOGUE)}")
        parser.add_argument("--period", required=True, help="kỳ báo cáo, ví dụ 2016-2020")
        parser.add_argument("--province", help="mã tỉnh, thành phố, ví dụ 40; không ghi: toàn quốc")
        parser.add_argument(
            "--boundaries",
            choices=Boundaries.values,
            default=Boundaries.AS_WAS.value,
            help="as_was: địa giới tại thời điểm, mã tỉnh đọc vào ngày cuối kỳ; today: theo địa giới hiện nay, mã tỉnh của hôm nay",
        )
        parser.add_argument("--cut-off", help="tính quyết định đến hết ngày này (năm-tháng-ngày); không ghi: hôm nay")
        parser.add_argument("--output", type=Path, help="tệp .xlsx sẽ ghi")
        parser.add_argument("--json", action="store_true", help="chỉ in JSON")

    def handle(self, *, kind, period, province, boundaries, cut_off, output, **options):
        summary, kind = _compute(kind, period, province, boundaries, cut_off)
        if output:
            _write(kind.sheets(summary), output)
        if options["json"]:
            self.stdout.write(json.dumps(kind.as_json(summary), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(kind.terminal_lines(summary)))
            if output:
                self.stdout.write(f"\nĐã ghi {output}")


def _compute(key, code, province_code, boundaries, cut_off):
    """(summary, kind), or CommandError with one sentence."""
    today = timezone.localdate()
    try:
        kind = kinds.find(key)
        kind.check_boundaries(boundaries)
        period = kind.parse_period(code)
        day = today if boundaries == Boundaries.TODAY else min(period.end, today)
        summary = services.compute(
            kind,
            province=_province(province_code, day) if province_code else None,
            period=period,
            cut_off=_day(cut_off) or today,
            boundaries=boundaries,
        )
    except (kinds.UnknownKindError, PeriodError, RefusedError) as error:
        raise CommandError(str(error)) from error
    return summary, kind


def _province(code, day):
    """The province that had this code on `day`: a code may name another one later."""
    province = Province.objects.on(day).filter(code=code).first()
    if province is None:
        raise CommandError(NO_PROVINCE.format(code, day))
    return province


def _day(text):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(BAD_DAY.format(text)) from None


def _write(sheets, path):
    try:
        with path.open("wb") as file:
            workbook.write(sheets, file)
    except OSError as error:
        raise CommandError(f"Không ghi được {path}: {error.strerror}.") from error
