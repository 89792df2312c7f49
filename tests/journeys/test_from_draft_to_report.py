"""The main job from end to end, in three people's browsers: draft, decision, report, the figure in the cell."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

NAME = "=1+1 Máy sấy nông sản của hành trình"
KEPT = """typed => new Promise((done, fail) => {  // once the browser keeps what was typed
  const isKept = () => Object.values(sessionStorage).some((draft) => draft.includes(typed));
  const looking = setInterval(() => { if (isKept()) { clearInterval(looking); done(); } }, 50);
  setTimeout(fail, 10_000, new Error("not kept"));
})"""


def choose(page, select, typed, shown):
    """Type into a searchable select and take the first that matches, by keyboard, once it is the one that is meant."""
    box = page.locator(f"#{select}-ts-control")
    box.press_sequentially(typed)
    expect(page.locator(f"#{select}-ts-dropdown .option.active")).to_contain_text(shown)
    box.press("Enter")
    expect(page.locator(f"#{select} option:checked")).to_contain_text(shown)


def enter_scheme(page):
    page.goto("/schemes/new/")
    page.fill("[name=name]", NAME)
    choose(page, "id_content", "KC03.04", "KC03.04")
    choose(page, "id_implementing_unit", "trung tam khuyen cong", "Trung tâm Khuyến công")
    page.fill("[name=year]", "2020")
    page.select_option("[name=province]", label="Nghệ An (đến 30/06/2025)")
    page.fill("[name=start_on]", "01/03/2020")
    page.fill("[name=end_on]", "30/11/2020")
    page.fill("[name=funding-province-proposed_amount]", "85 triệu")
    page.fill("[name=funding-counterpart-proposed_amount]", "1,965 tỷ")
    page.locator("[name=funding-counterpart-proposed_amount]").blur()
    expect(page.locator("aside [data-kc-grand=funding]")).to_have_text("2.050.000.000")
    expect(page.locator("[data-kc-words=funding]")).to_have_text("Hai tỷ không trăm năm mươi triệu đồng")
    page.get_by_role("button", name="Lưu nháp").last.click()
    expect(page.locator("h1")).to_have_text(NAME)
    return page.locator(".crumbs li").last.inner_text()


def receive_papers(page):
    """Every paper that the sending still waits for came on paper."""
    page.locator("#dossier").get_by_role("link", name="Bổ sung ngay").click()
    rows = page.locator("tbody tr").filter(has_text="còn thiếu")
    expect(rows.first).to_be_visible()
    for row in rows.all():
        row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Ghi vào hồ sơ").click()
    expect(page.locator("main")).to_contain_text("giấy tờ vào hồ sơ.")
    expect(page.locator("#dossier")).not_to_contain_text("Bước “Gửi thẩm định” còn thiếu")


def send(page):
    page.get_by_role("button", name="Gửi thẩm định").click()
    page.locator("dialog[open]").get_by_role("button", name="Gửi thẩm định").click()
    expect(page.locator("main")).to_contain_text("Đã gửi thẩm định.")


def approve(page, code):
    """The appraisal sheet and the decision, on one page."""
    page.goto("/admin/")
    page.get_by_role("link", name="Đề án chờ thẩm định").first.click()
    page.get_by_role("link", name=code).first.click()
    form = page.locator("form").filter(has=page.locator("#approve_reason"))
    for finding in form.locator(".sheet-table select").all():
        finding.select_option("good")
    form.locator("[name=sheet-conclusion]").fill("Đề nghị phê duyệt")
    form.locator("[name=reason]").fill("Đủ điều kiện, đúng đối tượng")
    form.locator("[name=number]").fill("77/QĐ-SCT")
    form.locator("[name=on]").fill("15/02/2020")
    form.locator("[type=submit]").click()
    expect(page.locator("body")).to_contain_text(f"{code}: đã phê duyệt.")


def fetch_report(page):
    page.goto("/reports/")
    page.select_option("[name=period]", label="Giai đoạn 2016 - 2020")
    page.get_by_role("button", name="Lập báo cáo").click()
    download = page.get_by_role("link", name="Tải")
    expect(download.first).to_be_visible(timeout=60_000)
    with page.expect_download() as waiting:
        download.first.click()
    return waiting.value


@pytest.mark.usefixtures("portal")
def test_a_scheme_goes_from_draft_to_the_leaders_workbook(visit):
    staff, reviewer, leader = visit("canbo"), visit("thamdinh"), visit("lanhdao")

    code = enter_scheme(staff)
    receive_papers(staff)
    send(staff)
    approve(reviewer, code)
    file = fetch_report(leader)

    book = openpyxl.load_workbook(io.BytesIO(file.path().read_bytes()))
    overview = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    total = next(row for row in overview if row[0] == "Tổng cộng")
    assert 453 in total
    assert 38_995_000_000 + 85_000_000 in total
    listed = next(row for row in book["Danh sách đề án"].iter_rows() if row[1].value == code)
    assert listed[2].value == NAME
    assert listed[2].data_type == "s"
    assert {85_000_000, 1_965_000_000} <= {cell.value for cell in listed}
    assert file.suggested_filename == "tong-ket-khuyen-cong-nghe-an-2016-2020.xlsx"
    assert staff.troubles == reviewer.troubles == leader.troubles == []


def test_what_was_typed_comes_back_after_the_session_ended(visit):
    page = visit("canbo")
    page.goto("/schemes/new/")
    page.fill("[name=name]", "Đề án đang gõ dở")
    page.evaluate(KEPT, "Đề án đang gõ dở")
    page.context.clear_cookies(name="sessionid")
    page.on("dialog", lambda dialog: dialog.accept())

    page.get_by_role("button", name="Lưu nháp").last.click()
    page.fill("input[name=username]", "canbo")
    page.fill("input[name=password]", "khuyencong-demo")
    page.press("input[name=password]", "Enter")
    page.goto("/schemes/new/")
    page.get_by_role("button", name="Khôi phục").click()

    expect(page.locator("[name=name]")).to_have_value("Đề án đang gõ dở")
