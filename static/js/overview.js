// Paper shows the tables behind the charts, whatever is open on the screen.
(() => {
  const tables = () => document.querySelectorAll("details.overview-table");
  let closed = [];

  addEventListener("beforeprint", () => {
    closed = [...tables()].filter((table) => !table.open);
    closed.forEach((table) => (table.open = true));
  });

  addEventListener("afterprint", () => {
    closed.forEach((table) => (table.open = false));
    closed = [];
  });
})();
