/* A form with data-kc-search: its input becomes a combobox over the listbox in it, which htmx fills with options (links).
   "/" anywhere goes to the box; arrows choose, Enter opens, Escape closes. Without a script it is a plain form. */
const EDITABLE = "input, select, textarea, [contenteditable]";

kc.attach("[data-kc-search]", (form) => {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let chosen = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-keyshortcuts", "/");

  function choose(position) {
    chosen = position;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
    const option = options()[chosen];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    choose(-1);
    status.textContent = open ? `${list.querySelectorAll("[role=group] [role=option]").length} gợi ý` : "";
  }

  const step = { ArrowDown: 1, ArrowUp: -1 };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key in step && options().length) {
      event.preventDefault();
      if (list.hidden) show(true);
      const count = options().length + 1; // one place more: back in the box
      choose(((chosen + 1 + step[event.key] + count) % count) - 1);
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      options()[chosen].click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });

  list.addEventListener("htmx:afterSwap", () => show(document.activeElement === input && input.value.trim() !== ""));
  input.addEventListener("htmx:configRequest", (event) => { if (!input.value.trim()) event.preventDefault(); });
  input.addEventListener("input", () => { if (!input.value.trim()) { list.replaceChildren(); show(false); } });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) show(false); });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  form.addEventListener("submit", () => show(false));
  show(false);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(EDITABLE)) return;
  const input = document.querySelector("[data-kc-search] input");
  if (!input || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  input.focus();
  input.select();
});
