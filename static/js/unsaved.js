/* <form data-kc-unsaved>: warns before leaving with changes that were not sent, and keeps a draft in sessionStorage
   (this tab only), by user and path, that is offered back after an expired session or a crash. The draft goes when the
   next page brings a success message (data-kc-saved), when the person declines it, and at sign-out. Passwords, files
   and hidden fields are never kept. */
const PAUSE = 500;
const PREFIX = "kc-draft:";
const SENT = "kc-sent";
const user = document.body.dataset.kcUser;
const key = `${PREFIX}${user}:${location.pathname}`;

const NOT_KEPT = ["password", "file", "hidden", "submit", "button"];
const isKept = (control) => control.name && !NOT_KEPT.includes(control.type);
const fieldsOf = (form) => [...form.elements].filter(isKept);

const setsOf = (form) => [...form.querySelectorAll("[data-kc-formset]")];
const rowCount = (formset) => formset.querySelectorAll("[data-kc-row]").length;
const idsOf = (formset) => [...formset.querySelectorAll('[type=hidden][name$="-id"]')].map((id) => id.value).join(" ").trim();

/* {prefix: {count, ids}} of the formsets: how many rows, and which of them the server knows. */
function rowsOf(form) {
  const rows = {};
  for (const formset of setsOf(form)) rows[formset.dataset.kcFormset] = { count: rowCount(formset), ids: idsOf(formset) };
  return rows;
}

/* The hidden fields that came with the page: ids of rows, the version for the conflict check. */
function versionOf(form) {
  const hidden = [...form.elements].filter((control) => control.type === "hidden" && control.value);
  const told = hidden.filter((control) => !/csrfmiddlewaretoken|_FORMS$/.test(control.name));
  return told.map((control) => `${control.name}=${control.value}`).join("&");
}

function valueOf(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked ? control.value : null;
  if (!control.selectedOptions) return control.value;
  return [...control.selectedOptions].map(({ value, text }) => ({ value, text: value && text }));
}

/* Select the options that were chosen; one that the server was asked for is not in the page yet and is added. */
function choose(select, chosen) {
  const known = [...select.options].map((option) => option.value);
  for (const { value, text } of chosen) if (!known.includes(value)) select.add(new Option(text, value));
  for (const option of select.options) option.selected = chosen.some(({ value }) => value === option.value);
}

function setValue(control, values) {
  if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
  else if (control.selectedOptions) choose(control, values[0]);
  else control.value = values[0];
  control.tomselect?.sync();
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function snapshot(form) {
  const values = {};
  for (const control of fieldsOf(form)) (values[control.name] ??= []).push(valueOf(control));
  return { values, rows: rowsOf(form) };
}

/* Rows come back only where the server still has the same ones: otherwise an amount could land on another row. */
function restore(form, draft) {
  const moved = [];
  for (const formset of setsOf(form)) {
    const prefix = formset.dataset.kcFormset;
    const rows = draft.rows[prefix];
    if (rows?.ids !== idsOf(formset)) moved.push(`${prefix}-`);
    else while (rowCount(formset) < rows.count) kc.formset.add(formset);
  }
  for (const control of fieldsOf(form)) {
    const isMoved = moved.some((prefix) => control.name.startsWith(prefix));
    if (!isMoved && control.name in draft.values) setValue(control, draft.values[control.name]);
  }
  for (const formset of setsOf(form)) kc.formset.hideRemoved(formset);
}

function offer(form, draft, restored) {
  const note = document.createElement("div");
  note.className = "note draft-offer";
  note.dataset.tone = "wait";
  note.role = "status";
  const isStale = draft.version !== versionOf(form);
  note.innerHTML =
    '<span></span><button class="btn main" type="button">Khôi phục</button><button class="btn" type="button">Bỏ</button>';
  note.firstChild.textContent = isStale
    ? "Khôi phục bản đang gõ dở? Hồ sơ đã được sửa từ lúc đó, các dòng trong bảng có thể không khôi phục được: xin xem lại từng mục."
    : "Khôi phục bản đang gõ dở?";
  const [yes, no] = note.querySelectorAll("button");
  yes.addEventListener("click", () => {
    restore(form, draft);
    restored();
    note.remove();
  });
  no.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    note.remove();
  });
  form.prepend(note);
}

function forgetSaved() {
  const sent = sessionStorage.getItem(SENT);
  if (sent && document.querySelector("[data-kc-saved]")) sessionStorage.removeItem(sent);
  if (user) sessionStorage.removeItem(SENT);
}

kc.attach("form[data-kc-unsaved]", (form) => {
  const first = JSON.stringify(snapshot(form));
  const draft = JSON.parse(sessionStorage.getItem(key));
  let sending = false;
  let timer;
  const isDirty = () => JSON.stringify(snapshot(form)) !== first;
  const keep = () => {
    if (isDirty()) sessionStorage.setItem(key, JSON.stringify({ ...snapshot(form), version: versionOf(form) }));
    else sessionStorage.removeItem(key);
  };
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  const hasAnswer = form.querySelector("[aria-invalid=true]") || document.querySelector(".form-errors, [data-kc-answer]");
  if (draft && !hasAnswer && JSON.stringify({ values: draft.values, rows: draft.rows }) !== first) offer(form, draft, keep);

  for (const name of ["input", "change", "kc:rows"]) form.addEventListener(name, keepSoon);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    keep();
    sending = true;
    sessionStorage.setItem(SENT, key);
  });
  window.addEventListener("pageshow", () => (sending = false));
  window.addEventListener("beforeunload", (event) => {
    if (!sending && isDirty()) event.preventDefault();
  });
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-kc-logout]")) return;
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
});

forgetSaved();
