"""Sheet "Danh sách đề án": every scheme behind the figures."""

from operator import attrgetter

from reports.figures.period_summary import PeriodSummary
from reports.figures.rows import Source
from reports.figures.schemes import SchemeFigure, SchemeList
from reports.layouts.parts import MONEY, OR_DASH, PLAIN, Column, Line, Sheet, Table, label
from reports.layouts.period_summary import frame


def _decision(line: SchemeFigure) -> str:
    """'15/QĐ-SCT, 02/03/2020'."""
    return f"{line.scheme.decision_number}, {line.scheme.decision_on:%d/%m/%Y}"


WHAT = (
    Column("TT", attrgetter("number"), 5, PLAIN, centred=True),
    Column("Mã đề án", attrgetter("scheme.code"), 17),
    Column("Tên đề án", attrgetter("scheme.name"), 35, total=label(frame.TOTAL)),
    Column("Nội dung", attrgetter("scheme.content_code"), 10),
    Column("Địa điểm", attrgetter("scheme.place"), 15),
)
PROVINCE = Column("Tỉnh, thành phố", attrgetter("scheme.province"), 13)
BY_WHOM = (
    Column("Đơn vị thực hiện", attrgetter("scheme.unit"), 29),
    Column("Đơn vị thụ hưởng", lambda line: "; ".join(line.scheme.beneficiaries), 24),
    Column("Năm", attrgetter("scheme.year"), 6, PLAIN, centred=True),
    Column("Quyết định", _decision, 14),
)
OUTCOME = (
    Column("Cộng khuyến công", attrgetter("support"), 16, MONEY, total=attrgetter("support")),
    Column("Nguồn khác", attrgetter("other"), 16, OR_DASH, total=attrgetter("other")),
    Column("Quyết toán khuyến công", attrgetter("settled"), 16, MONEY, total=attrgetter("settled")),
    Column("Tình trạng", attrgetter("scheme.status"), 11),
)


def schemes_sheet(summary: PeriodSummary) -> Sheet:
    sources = [figure.source for figure in summary.overview.by_source if figure.schemes]
    schemes = summary.schemes
    where = (PROVINCE,) if len({line.scheme.province for line in schemes.lines}) > 1 else ()
    columns = (*WHAT, *where, *BY_WHOM, *(_money_from(source) for source in sources), *OUTCOME)
    return Sheet(
        name="Danh sách đề án",
        title="DANH SÁCH ĐỀ ÁN KHUYẾN CÔNG",
        subtitle=frame.subtitle(summary.subject),
        unit=frame.UNIT,
        tables=(Table(columns, tuple(Line(line) for line in schemes.lines), total=schemes),),
        notes=("Không gồm kinh phí ngoài đề án.", *frame.notes(summary)),
        is_list=True,
    )


def _money_from(source: Source) -> Column:
    def of_scheme(line: SchemeFigure) -> int:
        return line.scheme.approved.get(source.code, 0)

    def of_all(schemes: SchemeList) -> int:
        return schemes.amounts[source.code]

    return Column(source.name, of_scheme, 15, OR_DASH, total=of_all)
