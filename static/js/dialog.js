/* A button with data-kc-dialog="<id>" opens that <dialog>; a button with data-kc-close inside closes it. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-kc-dialog]");
  if (opener) document.getElementById(opener.dataset.kcDialog).showModal();

  event.target.closest("[data-kc-close]")?.closest("dialog").close();
});
