"""What every page of the portal needs: the navigation and whose data this is."""

from django.conf import settings
from django.urls import reverse

from khuyencong import demo

# label, URL name, permission ('' = everybody who is logged in), group (a rule is drawn between groups)
NAVIGATION = (
    ("Bàn làm việc", "home", "", 1),
    ("Đề án", "programmes:scheme-list", "programmes.view_scheme", 1),
    ("Cảnh báo", "programmes:warning-list", "programmes.view_warningdecision", 1),
    ("Theo dõi sau hỗ trợ", "programmes:monitoring-list", "programmes.view_monitoringrecord", 1),
    ("Chương trình", "programmes:programme-list", "programmes.view_programmetarget", 1),
    ("Dự toán năm", "programmes:budget-list", "programmes.view_yearbudget", 1),
    ("Sổ thu chi", "programmes:ledger-list", "programmes.view_ledgerentry", 1),
    ("Đối chiếu", "programmes:reconciliation", "programmes.view_ledgerentry", 1),
    ("Kinh phí ngoài đề án", "programmes:plan-funding-list", "programmes.view_planfunding", 1),
    ("Hội chợ, sự kiện", "fairs:event-list", "fairs.view_marketevent", 2),
    ("Bình chọn sản phẩm", "fairs:cycle-list", "fairs.view_selectioncycle", 2),
    ("Sản phẩm, giấy chứng nhận", "fairs:product-list", "fairs.view_product", 2),
    ("Khen thưởng", "fairs:commendation-list", "fairs.view_commendation", 2),
    ("Cơ sở CNNT", "facilities:facility-list", "facilities.view_facility", 3),
    ("Cụm công nghiệp", "facilities:cluster-list", "facilities.view_industrialcluster", 3),
    ("Làng nghề", "facilities:village-list", "facilities.view_craftvillage", 3),
    ("Địa giới", "places:unit-list", "", 4),
    ("Báo cáo", "reports:report-list", "reports.view_report", 4),
)


def portal(request):
    """Context of every page; the navigation only for people who are logged in."""
    user = getattr(request, "user", None)
    context = {"demo": settings.DEMONSTRATION, "demo_accounts": demo.ACCOUNTS if settings.DEMONSTRATION else ()}
    if user is None or not user.is_authenticated:
        return context
    return context | {"nav": _navigation(request), "territory": str(user.province) if user.province else "Toàn quốc"}


def _navigation(request):
    """The entries that the person may open; the one whose address the page's begins with, at the greatest length, is current."""
    allowed = [
        (label, reverse(name), group)
        for label, name, permission, group in NAVIGATION
        if not permission or request.user.has_perm(permission)
    ]
    here = [url for _, url, _ in allowed if request.path == url or (url != "/" and request.path.startswith(url))]
    current = max(here, key=len, default="")
    return [{"label": label, "url": url, "current": url == current, "group": group} for label, url, group in allowed]
