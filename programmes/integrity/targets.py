"""Groups and targets of programmes."""

from khuyencong.integrity.rules import Rule, sql

TARGET = "programmes.ProgrammeTarget"
BY_HAND = "target.measure IN ('hand_sum', 'hand_last')"
OPEN = "Sửa chỉ tiêu theo quyết định phê duyệt chương trình."


def _of_target(columns, joins, condition):
    return sql(
        f"SELECT target.id, programme.province_id, target.name, programme.name AS programme, {columns} "
        "FROM programmes_programmetarget target "
        f"JOIN programmes_programme programme ON programme.id = target.programme_id {joins} WHERE {condition}"
    )


RULES = (
    Rule(
        "target-bounds",
        "Số của chỉ tiêu khớp với cách ghi: một số, một khoảng, trên, khoảng chừng hoặc không quá",
        _of_target(
            "target.low, target.high",
            "",
            """least(target.low, target.high) < 0 OR CASE target.relation
            WHEN 'range' THEN num_nulls(target.low, target.high) > 0 OR target.high <= target.low
            WHEN 'at_most' THEN target.high IS NULL OR target.low IS NOT NULL
            ELSE target.low IS NULL OR target.high IS NOT NULL END""",
        ),
        "“{name}” của {programme}: số dưới {low}, số trên {high} không khớp với cách ghi.",
        OPEN,
        TARGET,
    ),
    Rule(
        "target-measure",
        "Chỉ tiêu có đủ điều cần để tính: chỉ tiêu kết quả hoặc nguồn kinh phí",
        _of_target(
            "target.measure",
            "",
            "(target.measure = 'indicator') <> (target.indicator_id IS NOT NULL) "
            "OR target.source_id IS NOT NULL AND target.measure <> 'money' OR btrim(target.name) = ''",
        ),
        "“{name}” của {programme}: thiếu tên, thiếu hoặc thừa chỉ tiêu kết quả, nguồn kinh phí.",
        OPEN,
        TARGET,
    ),
    Rule(
        "target-group-of-programme",
        "Nhóm nội dung của chỉ tiêu thuộc cùng chương trình",
        _of_target(
            "grouped.name AS other",
            "JOIN programmes_programmegroup grouped ON grouped.id = target.group_id",
            "grouped.programme_id <> target.programme_id",
        ),
        "“{name}” của {programme} ghi ở nhóm “{other}” của chương trình khác.",
        OPEN,
        TARGET,
    ),
    Rule(
        "target-year-of-programme",
        "Năm của chỉ tiêu và của kết quả nhập tay nằm trong chương trình",
        _of_target(
            "coalesce(figure.year, target.year) AS year",
            "LEFT JOIN programmes_targetfigure figure ON figure.target_id = target.id",
            "NOT coalesce(target.year BETWEEN programme.first_year AND programme.last_year, true) "
            "OR NOT coalesce(figure.year BETWEEN programme.first_year AND programme.last_year, true)",
        ),
        "“{name}”: năm {year} nằm ngoài {programme}.",
        OPEN,
        TARGET,
    ),
    Rule(
        "target-figure-by-hand",
        "Chỉ chỉ tiêu nhập tay mới có kết quả nhập tay, không âm và có nguồn số liệu",
        _of_target(
            "figure.year, figure.value",
            "JOIN programmes_targetfigure figure ON figure.target_id = target.id",
            f"NOT {BY_HAND} OR figure.value < 0 OR btrim(figure.note) = ''",
        ),
        "“{name}” của {programme}: kết quả nhập tay năm {year} là {value}, không được nhập, bị âm hoặc thiếu nguồn.",
        "Xóa kết quả nhập tay, hoặc ghi nguồn số liệu.",
        TARGET,
    ),
    Rule(
        "programme-group-named",
        "Nhóm nội dung của chương trình có tên",
        sql("""
            SELECT grouped.id, programme.province_id, programme.name AS programme FROM programmes_programmegroup grouped
                JOIN programmes_programme programme ON programme.id = grouped.programme_id WHERE btrim(grouped.name) = ''"""),
        "{programme} có nhóm nội dung không tên.",
        "Ghi tên nhóm như trong chương trình.",
        "programmes.ProgrammeGroup",
    ),
)
