"""One facility entered twice under two writings of its name: warned of, found, merged, taken back."""

from playwright.sync_api import expect

NAME, OTHER = "Công ty TNHH Hành Trình Xanh", "Cty TNHH  HÀNH TRÌNH XANH"


def enter(page, name, tax_code):
    """Type a facility whose commune is known by its old name."""
    page.goto("/facilities/new/")
    page.fill("[name=name]", name)
    page.fill("[name=tax_code]", tax_code)
    page.locator("#id_commune-ts-control").press_sequentially("dien ky")
    page.locator("#id_commune-ts-dropdown .option", has_text="xã Diễn Kỷ").click()
    page.get_by_role("button", name="Lưu").last.click()


def test_a_facility_entered_twice_is_warned_of_merged_and_taken_apart_again(visit):
    page = visit("canbo")
    enter(page, NAME, "")
    expect(page.locator("h1")).to_have_text(NAME)
    expect(page.locator("main")).to_contain_text("xã Diễn Kỷ, Diễn Châu")

    enter(page, OTHER, "0101248141")
    expect(page.locator("main")).to_contain_text("Có phải là một trong các cơ sở này không?")
    page.get_by_label("Đây là cơ sở khác").check()
    page.get_by_role("button", name="Lưu").last.click()
    expect(page.locator("h1")).to_have_text(OTHER.replace("  ", " "))

    page.goto("/facilities/duplicates/?q=hanh+trinh+xanh")
    page.get_by_role("link", name="Xem và gộp").first.click()
    page.fill("[name=reason]", "Cùng một giấy đăng ký")
    page.get_by_role("button", name="Gộp").click()
    expect(page.locator("#merged")).to_contain_text(OTHER.replace("  ", " "))

    page.goto("/search/?q=0101248141")
    expect(page.locator("main")).to_contain_text("Hành Trình Xanh")
    page.locator("main a", has_text="Hành Trình").first.click()
    page.get_by_role("button", name="Hoàn tác").first.click()
    page.locator("dialog[open] textarea").fill("Hai cơ sở khác nhau")
    page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("#merged")).to_have_count(0)
    assert page.troubles == []
