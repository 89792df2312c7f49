/* What htmx should do when a request does not bring the fragment: say so, or sign in again. */
const REASONS = {
  403: "Tài khoản này không được làm việc đó.",
  404: "Không còn tìm thấy hồ sơ.",
  409: "Hồ sơ đã được người khác sửa. Xin tải lại trang.",
};

function say(text) {
  const note = document.createElement("p");
  note.className = "note toast";
  note.dataset.tone = "bad";
  note.role = "alert";
  note.textContent = text;
  document.querySelector(".toast")?.remove();
  document.querySelector("main").prepend(note);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.serverResponse.includes("data-kc-login")) return;
  event.detail.shouldSwap = false;
  location.reload();
});

document.addEventListener("htmx:responseError", (event) => {
  say(REASONS[event.detail.xhr.status] ?? "Hệ thống chưa thực hiện được. Xin thử lại sau ít phút.");
});

document.addEventListener("htmx:sendError", () => {
  say("Không nối được tới máy chủ. Xin kiểm tra mạng rồi thử lại.");
});
