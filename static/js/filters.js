/* A GET form with data-kc-autosubmit sends itself when a choice changes, and leaves empty choices out of the address. */
document.addEventListener("change", (event) => {
  if (event.target.name) event.target.form?.closest("[data-kc-autosubmit]")?.requestSubmit();
});

document.addEventListener("formdata", (event) => {
  if (!event.target.matches("[data-kc-autosubmit]")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});
