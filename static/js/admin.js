// What the admin site adds to Django's scripts: names, a search, the first field.
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

// Rows below a record that scroll sideways scroll by keyboard, too; a window that is
// turned or made narrow may make them so.
function reachWideRows() {
  const seen = new ResizeObserver((changes) => {
    for (const { target: rows } of changes) {
      if (rows.scrollWidth > rows.clientWidth) rows.tabIndex = 0;
      else rows.removeAttribute("tabindex");
    }
  });
  for (const rows of document.querySelectorAll(".inline-group .module")) {
    seen.observe(rows);
  }
}

// Someone who adds a record types at once; after an error its summary has the focus.
function focusFirstField() {
  if (!document.body.classList.contains("is-new")) return;
  if (document.querySelector("[data-focus]")) return;
  const fields = "input:not([type=hidden]), select, textarea";
  const visible = [...document.querySelectorAll(`.record :is(${fields})`)];
  visible.find((field) => field.checkVisibility())?.focus({ preventScroll: true });
}

// The list of registers at the side: narrowed by what is typed, the current one in sight.
function findRegisters() {
  const search = document.querySelector("[data-registers-filter]");
  if (!search) return;
  search.hidden = false;
  search.addEventListener("input", () => {
    for (const group of document.querySelectorAll("[data-registers-group]")) {
      const rows = [...group.querySelectorAll("li")];
      for (const row of rows) {
        row.hidden = !row.textContent.includes(search.value.trim());
      }
      group.hidden = rows.every((row) => row.hidden);
    }
  });
  const side = search.closest("nav");
  const current = side.querySelector("[aria-current]");
  if (current) side.scrollTop = current.offsetTop - side.clientHeight / 2;
}

function start() {
  nameSearchFields();
  dropEmptyHeadings();
  findRegisters();
  reachWideRows();
  focusFirstField();
}

// jQuery calls back in the order asked: after those that make the search fields.
window.django.jQuery(start);
