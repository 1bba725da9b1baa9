// What Django's admin leaves without a name gets one, for those who listen.
"use strict";

// Fields that search as one types (select2): the name of their label.
function nameSearchFields() {
  for (const box of document.querySelectorAll(".select2-selection")) {
    const select = box.closest(".select2-container").previousElementSibling;
    const label = document.querySelector(`label[for="${select?.id}"]`);
    if (!label) continue;
    label.id ||= `${select.id}_label`;
    const value = box.querySelector(".select2-selection__rendered");
    value.removeAttribute("role"); // a nameless text box inside the named field
    value.removeAttribute("aria-readonly");
    box.setAttribute("aria-labelledby", `${label.id} ${value.id}`);
  }
}

// A heading without words heads nothing.
function dropEmptyHeadings() {
  for (const heading of document.querySelectorAll(".tabular thead th")) {
    if (heading.textContent.trim()) continue;
    const cell = document.createElement("td");
    cell.className = heading.className;
    heading.replaceWith(cell);
  }
}

function start() {
  nameSearchFields();
  dropEmptyHeadings();
}

// jQuery calls back in the order asked: after those that make the search fields.
if (window.django?.jQuery) window.django.jQuery(start);
else start();
