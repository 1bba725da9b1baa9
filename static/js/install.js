// The service worker that shows the offline page; pages do without it.
"use strict";

window.addEventListener("load", () => {
  navigator.serviceWorker
    ?.register("/service-worker.js", { updateViaCache: "none" })
    .catch(() => {});
});
