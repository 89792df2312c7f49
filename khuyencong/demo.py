"""The demonstration accounts: no real person, made by `load_demo` only in demonstration mode."""

from typing import NamedTuple

from khuyencong.enums import Role


class Account(NamedTuple):
    """A demonstration account; `province_code` as of today, '' for all provinces."""

    username: str
    full_name: str
    role: Role
    province_code: str

    @property
    def role_label(self):
        return self.role.label

    @property
    def territory(self):
        return {"40": "Nghệ An", "25": "Phú Thọ", "22": "Quảng Ninh", "44": "Quảng Trị", "": "Toàn quốc"}[
            self.province_code
        ]


ACCOUNTS = (
    Account("canbo", "Chuyên viên mẫu", Role.STAFF, "40"),
    Account("thamdinh", "Thẩm định mẫu", Role.REVIEWER, "40"),
    Account("lanhdao", "Lãnh đạo mẫu", Role.LEADER, "40"),
    Account("thanhtra", "Thanh tra mẫu", Role.AUDITOR, "40"),
    Account("quantri", "Quản trị mẫu", Role.ADMINISTRATOR, "40"),
    Account("phutho", "Chuyên viên Phú Thọ mẫu", Role.STAFF, "25"),
    Account("quangninh", "Chuyên viên Quảng Ninh mẫu", Role.STAFF, "22"),
    Account("thamdinhqn", "Thẩm định Quảng Ninh mẫu", Role.REVIEWER, "22"),
    Account("quangtri", "Chuyên viên Quảng Trị mẫu", Role.STAFF, "44"),
    Account("thamdinhqt", "Thẩm định Quảng Trị mẫu", Role.REVIEWER, "44"),
    Account("quocgia", "Lãnh đạo Cục mẫu", Role.LEADER, ""),
)
