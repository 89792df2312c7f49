/* An open <details data-kc-menu> closes on Escape and on a click elsewhere, as a menu does. */
const openMenus = () => document.querySelectorAll("details[data-kc-menu][open]");

// Capturing: some controls keep their clicks to themselves.
const closeElsewhere = (event) => openMenus().forEach((menu) => (menu.open = menu.contains(event.target)));
document.addEventListener("pointerdown", closeElsewhere, { capture: true });
document.addEventListener("focusin", closeElsewhere);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
