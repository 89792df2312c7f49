/* A button with data-kc-print prints the page. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-kc-print]")) window.print();
});
