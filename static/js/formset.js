/* Rows of a Django formset. Inside [data-kc-formset="PREFIX"]: the management form, rows [data-kc-row] in [data-kc-rows],
   a <template data-kc-row-template> made from formset.empty_form, a button [data-kc-add], in each row [data-kc-remove].
   A removed row stays in the form, hidden, with DELETE checked: the formset needs can_delete=True. */
const totalOf = (formset) => formset.querySelector(`[name="${formset.dataset.kcFormset}-TOTAL_FORMS"]`);
const deleteOf = (row) => row.querySelector('input[name$="-DELETE"]');
const changed = (element) => element.dispatchEvent(new Event("kc:rows", { bubbles: true }));

function focusFirst(row) {
  const control = row.querySelector("select, textarea, input:not([type=hidden], [type=checkbox])");
  (control?.tomselect ?? control)?.focus();
}

/* Append an empty row and return it. */
function add(formset) {
  const total = totalOf(formset);
  const template = document.createElement("template");
  template.innerHTML = formset.querySelector("template[data-kc-row-template]").innerHTML.replaceAll("__prefix__", total.value);
  const row = template.content.querySelector("[data-kc-row]");
  formset.querySelector("[data-kc-rows]").append(row);
  total.value = Number(total.value) + 1;
  kc.scan(row);
  changed(row);
  return row;
}

function remove(row) {
  const formset = row.closest("[data-kc-formset]");
  deleteOf(row).checked = true;
  row.hidden = true;
  changed(row);
  const next = formset.querySelector("[data-kc-row]:not([hidden])");
  if (next) focusFirst(next);
  else formset.querySelector("[data-kc-add]").focus();
}

/* Hide the rows that were removed: after an answer with errors, and after a draft came back. */
function hideRemoved(formset) {
  for (const row of formset.querySelectorAll("[data-kc-row]")) row.hidden = deleteOf(row)?.checked ?? false;
  changed(formset);
}

kc.formset = { add, hideRemoved };

document.addEventListener("click", (event) => {
  const adder = event.target.closest("[data-kc-add]");
  if (adder) focusFirst(add(adder.closest("[data-kc-formset]")));

  const remover = event.target.closest("[data-kc-remove]");
  if (remover) remove(remover.closest("[data-kc-row]"));
});

kc.attach("[data-kc-formset]", hideRemoved);
