"""Totals of events and of deals as the figures above a list."""

from khuyencong.money import format_amount, format_decimal


def _figure(label, value, unit=""):
    return {"label": label, "unit": unit, "value": "—" if value is None else format_amount(value)}


def of_events(totals):
    """`totals` is a fairs.events.figures.Totals; the figures are of events that were held."""
    return [
        _figure("Sự kiện", totals.events, f"đã tổ chức {format_amount(totals.held)}"),
        _figure("Lượt doanh nghiệp", totals.occurrences),
        _figure("Cơ sở khác nhau", totals.facilities, "trong danh bạ"),
        _booths(totals),
        _figure("Doanh thu", totals.turnover, "đồng"),
        _figure("Biên bản ghi nhớ", totals.memoranda),
        _figure("Hợp đồng", totals.contracts),
        _figure("Kinh phí", totals.money, "đồng"),
    ]


def _booths(totals):
    figure = _figure("Gian hàng", totals.booths)
    return figure | {"value": f"khoảng {figure['value']}"} if totals.is_rough else figure


def of_deals(found):
    """`found` is the dict of fairs.events.deals.totals."""
    share = found["share"]
    return [
        _figure("Biên bản ghi nhớ", found["memoranda"]),
        _figure("Giá trị ghi nhớ", found["value"], "đồng"),
        _figure("Hợp đồng", found["contracts"]),
        _figure("Giá trị hợp đồng", found["contract_value"], "đồng"),
        {
            "label": "Biên bản thành hợp đồng",
            "unit": "%",
            "value": "—" if share is None else format_decimal(share, 1),
        },
        _figure("Quá hạn hỏi lại", found["late"], "biên bản"),
    ]
