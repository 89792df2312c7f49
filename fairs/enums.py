"""Closed lists about market events and product selection."""

from django.db import models


class EventKind(models.TextChoices):
    """What kind of event it is (contents KC02.03, KC02.08, KC02.09, KC04.03 to KC04.08, X01 to X05)."""

    FAIR = "fair", "Hội chợ, triển lãm"
    CONNECTION = "connection", "Tuần kết nối tiêu thụ"
    MARKET = "market", "Phiên chợ, chương trình hàng Việt"
    CONFERENCE = "conference", "Hội nghị kết nối cung – cầu"
    TOUR = "tour", "Đoàn khảo sát, tham quan"
    SHOWROOM = "showroom", "Phòng trưng bày"
    SALES_POINT = "sales_point", "Điểm bán hàng Việt"
    MODEL = "model", "Mô hình tiêu thụ nông sản"


STANDING = (EventKind.SHOWROOM, EventKind.SALES_POINT, EventKind.MODEL)  # opened once, and open until they are closed


class EventRole(models.TextChoices):
    """Whether the province holds the event or takes its facilities to one."""

    ORGANISED = "organised", "Tổ chức"
    ATTENDED = "attended", "Tham gia"


class Venue(models.TextChoices):
    WITHIN = "within", "Trong tỉnh"
    ELSEWHERE = "elsewhere", "Tỉnh, thành phố khác"
    ABROAD = "abroad", "Nước ngoài"


class EventStatus(models.TextChoices):
    PLANNED = "planned", "Dự kiến"
    HELD = "held", "Đã tổ chức"
    CANCELLED = "cancelled", "Hủy"


class Qualifier(models.TextChoices):
    """How exact a figure is, in the words of reports (domain page section 8.7)."""

    EXACT = "exact", "đúng"
    ABOUT = "about", "khoảng"
    NEARLY = "nearly", "gần"
    OVER = "over", "hơn"


class DealOutcome(models.TextChoices):
    """What became of a memorandum."""

    OPEN = "open", "Đang theo dõi"
    CONTRACT = "contract", "Đã thành hợp đồng"
    DROPPED = "dropped", "Không thành"


class Reach(models.TextChoices):
    """Over how much ground one round of a selection level is held (TT 26/2014 Đ3)."""

    UNIT = "unit", "Một huyện hoặc một xã"
    PROVINCE = "province", "Một tỉnh"
    REGION = "region", "Một khu vực"
    NATION = "nation", "Cả nước"


class RoundStatus(models.TextChoices):
    """Where a round stands; the trigger `round_steps` says what follows what."""

    PREPARING = "preparing", "Chuẩn bị"
    OPEN = "open", "Nhận hồ sơ"
    SCORING = "scoring", "Chấm điểm"
    CONCLUDED = "concluded", "Đã công nhận"


class Scoring(models.TextChoices):
    """Where the points of a round come from."""

    SHEETS = "sheets", "Phiếu chấm của từng giám khảo"
    MINUTES = "minutes", "Điểm trung bình theo biên bản"


class EntryStatus(models.TextChoices):
    REGISTERED = "registered", "Đã đăng ký"
    COMPLETE = "complete", "Hồ sơ hợp lệ"
    PASSED = "passed", "Được công nhận"
    FAILED = "failed", "Không được công nhận"
    WITHDRAWN = "withdrawn", "Rút hồ sơ"


class ProductGroup(models.TextChoices):
    """The four groups of TT 26/2014 Đ5."""

    CRAFT = "craft", "Thủ công mỹ nghệ"
    FOOD = "food", "Chế biến nông, lâm, thủy sản và thực phẩm"
    MACHINE = "machine", "Thiết bị, máy móc, dụng cụ, phụ tùng cơ khí"
    OTHER = "other", "Sản phẩm khác"


class Body(models.TextChoices):
    COUNCIL = "council", "Hội đồng bình chọn"
    JURY = "jury", "Ban giám khảo"


class ComplaintOutcome(models.TextChoices):
    UPHELD = "upheld", "Chấp nhận"
    PARTLY = "partly", "Chấp nhận một phần"
    REJECTED = "rejected", "Không chấp nhận"


class CommendationLevel(models.TextChoices):
    """Who commends, from above."""

    GOVERNMENT = "government", "Thủ tướng Chính phủ"
    MINISTER = "minister", "Bộ trưởng"
    PROVINCE = "province", "Chủ tịch UBND tỉnh"
    DEPARTMENT = "department", "Giám đốc Sở"
    DISTRICT = "district", "Chủ tịch UBND cấp huyện"
    COMMUNE = "commune", "Chủ tịch UBND cấp xã"


class Recipient(models.TextChoices):
    COLLECTIVE = "collective", "Tập thể"
    INDIVIDUAL = "individual", "Cá nhân"
