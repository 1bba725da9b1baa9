// Ticks all rows of a list at once; without scripts each is ticked by hand.
"use strict";

function rowsOf(form) {
  return form.querySelectorAll("input[type=checkbox][name=chosen]");
}

function offerAll(root) {
  for (const form of root.querySelectorAll("[data-choose]")) {
    const all = form.querySelector("[data-choose-all]");
    if (all && rowsOf(form).length > 1) all.hidden = false;
  }
}

document.addEventListener("DOMContentLoaded", () => offerAll(document));
document.addEventListener("htmx:load", (event) => offerAll(event.detail.elt));

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-choose]");
  if (!form) return;
  const all = form.querySelector("[data-choose-all] input");
  const rows = [...rowsOf(form)];
  if (event.target === all) {
    for (const row of rows) row.checked = all.checked;
  } else if (all) {
    all.checked = rows.every((row) => row.checked);
  }
});
