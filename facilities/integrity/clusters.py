"""Industrial clusters, their half-yearly figures and the projects in them."""

from khuyencong.integrity.rules import TODAY, Rule, Severity, sql

CLUSTER = "facilities.IndustrialCluster"
OPEN = "Mở trang của cụm rồi sửa theo quyết định."
PERIOD = "CASE figures.half WHEN 1 THEN '6 tháng đầu năm' WHEN 2 THEN '6 tháng cuối năm' ELSE 'kỳ ' || figures.half END"
FIGURES = "Mở số liệu nửa năm của cụm rồi sửa."


def _of_cluster(condition):
    return sql(f"SELECT cluster.* FROM facilities_industrialcluster cluster WHERE {condition}")


def _of_figures(condition):
    return sql(f"""
        SELECT cluster.id, cluster.province_id, cluster.name, cluster.industrial_land, figures.year, {PERIOD} AS period,
            figures.leased_land, figures.projects, figures.fdi_projects, figures.operating_projects
            FROM facilities_clusterfigures figures JOIN facilities_industrialcluster cluster ON cluster.id = figures.cluster_id
            WHERE {condition}""")


RULES = (
    Rule(
        "cluster-planned-has-area",
        "Cụm trong phương án phát triển có diện tích",
        _of_cluster("planned_on IS NOT NULL AND planned_area IS NULL"),
        "{name} vào phương án phát triển ngày {planned_on} mà không có diện tích.",
        OPEN,
        CLUSTER,
    ),
    Rule(
        "cluster-established-has-decision",
        "Cụm đã thành lập có số quyết định và diện tích",
        _of_cluster("established_on IS NOT NULL AND (established_area IS NULL OR btrim(establishment_number) = '')"),
        "{name} thành lập ngày {established_on} mà thiếu số quyết định hoặc diện tích.",
        OPEN,
        CLUSTER,
    ),
    Rule(
        "cluster-step-has-number",
        "Quy hoạch chi tiết và dự án hạ tầng của cụm có số quyết định",
        _of_cluster(
            "detailed_plan_on IS NOT NULL AND btrim(detailed_plan_number) = '' "
            "OR infrastructure_on IS NOT NULL AND btrim(infrastructure_number) = ''"
        ),
        "{name}: quy hoạch chi tiết ({detailed_plan_on}) hoặc dự án hạ tầng ({infrastructure_on}) chưa ghi số quyết định.",
        OPEN,
        CLUSTER,
        Severity.WARNING,
    ),
    Rule(
        "cluster-land-within-plan",
        "Đất công nghiệp không lớn hơn diện tích quy hoạch chi tiết; không diện tích nào âm",
        _of_cluster(
            "industrial_land > detailed_plan_area OR infrastructure_capital < 0 OR "
            "least(planned_area, established_area, detailed_plan_area, infrastructure_area, industrial_land) < 0"
        ),
        "{name}: đất công nghiệp {industrial_land} ha, quy hoạch chi tiết {detailed_plan_area} ha không hợp nhau, hoặc có số âm.",
        OPEN,
        CLUSTER,
    ),
    Rule(
        "cluster-removed-after-planned",
        "Ngày đưa ra khỏi phương án không trước ngày đưa vào",
        _of_cluster("removed_on < planned_on"),
        "{name} vào phương án ngày {planned_on} mà đưa ra ngày {removed_on}.",
        OPEN,
        CLUSTER,
    ),
    Rule(
        "cluster-name-twice",
        "Trong một tỉnh không có hai cụm công nghiệp cùng tên",
        sql("""
            SELECT one.id, one.province_id, one.name FROM facilities_industrialcluster one JOIN facilities_industrialcluster other
                ON (other.province_id, other.name) = (one.province_id, one.name) AND one.id < other.id"""),
        "{name} có hai lần trong cùng một tỉnh.",
        "Kiểm tra và giữ lại một cụm.",
        CLUSTER,
    ),
    Rule(
        "cluster-decided-in-future",
        "Các mốc của cụm không ở tương lai",
        _of_cluster(
            f"greatest(planned_on, removed_on, established_on, detailed_plan_on, infrastructure_on, operating_from) > {TODAY}"
        ),
        "{name} có ngày quyết định hoặc ngày hoạt động ở tương lai.",
        OPEN,
        CLUSTER,
        Severity.WARNING,
    ),
    Rule(
        "cluster-figures-within-land",
        "Đất đã cho thuê không lớn hơn đất công nghiệp của cụm",
        _of_figures("figures.leased_land > cluster.industrial_land"),
        "{name}, {period} {year}: cho thuê {leased_land} ha, đất công nghiệp {industrial_land} ha.",
        FIGURES,
        CLUSTER,
    ),
    Rule(
        "cluster-figures-within-projects",
        "Dự án FDI và dự án đang hoạt động không nhiều hơn số dự án của cụm",
        _of_figures("greatest(figures.fdi_projects, figures.operating_projects) > figures.projects"),
        "{name}, {period} {year}: {projects} dự án, nhưng FDI {fdi_projects}, đang hoạt động {operating_projects}.",
        FIGURES,
        CLUSTER,
    ),
    Rule(
        "cluster-figures-not-negative",
        "Số liệu nửa năm của cụm không âm và đúng kỳ",
        _of_figures(
            "least(figures.invested_capital, figures.leased_land, figures.revenue, figures.budget_paid) < 0 "
            "OR figures.half NOT IN (1, 2) OR figures.year NOT BETWEEN 2000 AND 2100"
        ),
        "{name}, {period} {year}: có số âm hoặc kỳ không hợp lệ.",
        FIGURES,
        CLUSTER,
    ),
    Rule(
        "cluster-figures-in-future",
        "Cụm không có số liệu của nửa năm chưa bắt đầu",
        _of_figures(
            "figures.half IN (1, 2) AND figures.year <= 2100 AND (figures.year, 6 * figures.half - 5) "
            f"> (extract(year FROM {TODAY}), extract(month FROM {TODAY}))"
        ),
        "{name} đã có số liệu {period} {year}, kỳ chưa bắt đầu.",
        FIGURES,
        CLUSTER,
        Severity.WARNING,
    ),
    Rule(
        "cluster-project-dates",
        "Dự án trong cụm: kết thúc không trước ngày thuê đất, không số âm",
        sql("""
            SELECT cluster.id, cluster.province_id, cluster.name, project.name AS project FROM facilities_clusterproject project
                JOIN facilities_industrialcluster cluster ON cluster.id = project.cluster_id
                WHERE project.ended_on < project.leased_on OR project.land < 0 OR project.capital < 0"""),
        "{name}, dự án {project}: ngày kết thúc trước ngày thuê đất, hoặc có số âm.",
        OPEN,
        CLUSTER,
    ),
)
