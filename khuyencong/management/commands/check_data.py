"""`manage.py check_data`: every integrity rule over the whole database; exit code 1 when an error was found."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from khuyencong.boundaries import with_predecessors
from khuyencong.integrity import running
from khuyencong.models import Province

NO_RULE = "Không có quy tắc “{}”. Xem danh sách bằng --list."
NO_PROVINCE = "Hiện nay không có tỉnh, thành phố nào mang mã “{}”."
WRONG = "Có {} quy tắc bị vi phạm. Xem danh sách trên."


class Command(BaseCommand):
    help = "Kiểm tra toàn vẹn số liệu: liệt kê hồ sơ sai, không sửa gì. Mã thoát 1 khi có lỗi; cảnh báo không tính."

    def add_arguments(self, parser):
        parser.add_argument("--rule", nargs="+", metavar="CODE", help="chỉ những quy tắc này")
        parser.add_argument(
            "--province", metavar="CODE", help="mã tỉnh, thành phố hiện nay: hồ sơ của tỉnh và các tỉnh đã vào tỉnh đó"
        )
        parser.add_argument("--json", action="store_true", help="in JSON")
        parser.add_argument("--list", action="store_true", help="chỉ liệt kê các quy tắc")

    def handle(self, *, rule, province, **options):
        rules = _chosen(rule)
        if options["list"]:
            self.stdout.write("\n".join(_title(one) for one in rules))
            return
        outcomes, seconds = running.timed(rules, _ids(province))
        errors = sum(outcome.is_error for outcome in outcomes)
        text = json.dumps(_plain(outcomes, seconds), ensure_ascii=False, indent=2) if options["json"] else None
        self.stdout.write(text or "\n".join(_lines(outcomes, seconds)))
        if errors:
            raise CommandError(WRONG.format(errors))


def _chosen(codes):
    rules = {rule.code: rule for rule in running.all_rules()}
    for code in codes or ():
        if code not in rules:
            raise CommandError(NO_RULE.format(code))
    return [rules[code] for code in codes or rules]


def _ids(code):
    """Ids of the province that has this code today and of those that became a part of it; None without a code."""
    if not code:
        return None
    province = Province.objects.on(timezone.localdate()).filter(code=code).first()
    if province is None:
        raise CommandError(NO_PROVINCE.format(code))
    return with_predecessors(province.pk)


def _title(rule):
    return f"{rule.severity.label:<9} {rule.code:<34} {rule.title}"


def _lines(outcomes, seconds):
    yield f"{'Số sai':>7}  {'Mức':<9} {'Quy tắc':<34} Nội dung"
    for outcome in outcomes:
        yield f"{outcome.total:>7}  {_title(outcome.rule)}"
        for example in outcome.examples:
            yield f"{'':>9}- {example.sentence}{f' [{example.link}]' if example.link else ''}"
        if outcome.total > len(outcome.examples):
            yield f"{'':>9}- … và {outcome.total - len(outcome.examples)} hồ sơ khác"
        if outcome.total:
            yield f"{'':>9}Cách xử lý: {outcome.rule.todo}"
    errors, warnings = sum(one.is_error for one in outcomes), sum(one.is_warning for one in outcomes)
    took = f"{seconds:.1f}".replace(".", ",")
    yield f"Đã kiểm tra {len(outcomes)} quy tắc trong {took} giây: {errors} quy tắc có lỗi, {warnings} quy tắc có cảnh báo."


def _plain(outcomes, seconds):
    return {
        "rules": [
            {
                "code": outcome.rule.code,
                "title": outcome.rule.title,
                "severity": outcome.rule.severity.value,
                "found": outcome.total,
                "examples": [
                    {"sentence": example.sentence, "todo": example.todo, "link": example.link}
                    for example in outcome.examples
                ],
            }
            for outcome in outcomes
        ],
        "errors": sum(outcome.is_error for outcome in outcomes),
        "warnings": sum(outcome.is_warning for outcome in outcomes),
        "seconds": round(seconds, 3),
    }
