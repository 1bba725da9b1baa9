// A region that renews itself (data-live): what the reader did there stays, only a
// change of its count is said aloud, and nobody's hidden tab asks the server.
"use strict";

const opened = new Map();

function liveRegion(event) {
  const region = event.detail.elt;
  return region?.matches?.("[data-live]") ? region : null;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (liveRegion(event) && document.hidden) event.preventDefault();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const region of document.querySelectorAll("[data-live]")) {
    window.htmx.trigger(region, "renew");
  }
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const region = liveRegion(event);
  if (!region) return;
  opened.clear();
  for (const part of region.querySelectorAll("details[id]")) {
    opened.set(part.id, part.open);
  }
});

document.addEventListener("htmx:load", (event) => {
  const region = liveRegion(event);
  if (!region) return;
  for (const part of region.querySelectorAll("details[id]")) {
    if (opened.has(part.id)) part.open = opened.get(part.id);
  }
  const words = document.querySelector("[data-live-words]");
  const says = region.querySelector("[data-live-says]")?.textContent;
  if (words && says && words.textContent !== says) words.textContent = says;
});

// What fails says so where it stands, until it works again.
document.addEventListener("htmx:afterRequest", (event) => {
  const region = liveRegion(event);
  if (!region) return;
  // The right to see it has ended: the page says so.
  if (event.detail.xhr.status === 403) window.location.reload();
  const stale = region.querySelector("[data-live-stale]");
  if (stale) stale.hidden = Boolean(event.detail.successful);
});
