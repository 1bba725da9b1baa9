// Paper shows the tables behind the charts, whatever is open on the screen.
"use strict";

const closedTables = new Set();

window.addEventListener("beforeprint", () => {
  for (const table of document.querySelectorAll("details.overview-table")) {
    if (table.open) continue;
    closedTables.add(table);
    table.open = true;
  }
});

window.addEventListener("afterprint", () => {
  for (const table of closedTables) table.open = false;
  closedTables.clear();
});
