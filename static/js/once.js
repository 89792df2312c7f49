/* Every POST form is sent once: its buttons go quiet after the first submit and come back when the page is shown again.
   A form whose answer is a file, so that the page stays, carries data-kc-again. */
const sent = new Map();

function quiet(form) {
  const buttons = [...form.elements].filter((element) => element.type === "submit");
  sent.set(form, buttons.map((button) => [button, button.innerHTML, button.disabled]));
  for (const button of buttons) button.disabled = true;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method")?.toLowerCase() !== "post" || "kcAgain" in form.dataset) return;
  if (sent.has(form)) event.preventDefault();
  if (event.defaultPrevented) return;

  const pressed = event.submitter;
  sent.set(form, []);
  // After this turn: a button that is disabled now would not send its own name and value.
  setTimeout(() => {
    quiet(form);
    if (pressed) pressed.textContent = "Đang gửi…";
  });
});

window.addEventListener("pageshow", () => {
  for (const buttons of sent.values()) {
    for (const [button, label, disabled] of buttons) {
      button.innerHTML = label;
      button.disabled = disabled;
    }
  }
  sent.clear();
});
