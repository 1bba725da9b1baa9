// Passes a page's address on: by the telephone's own sheet, or to the clipboard.
// Without it the address stands there to be copied by hand.
"use strict";

async function share(box, button) {
  const { title, text, url } = button.dataset;
  const status = box.querySelector("[data-share-status]");
  try {
    if (navigator.share) {
      await navigator.share({ title, text, url });
      return;
    }
    await navigator.clipboard.writeText(url);
    status.textContent = button.dataset.done;
  } catch (error) {
    if (error.name === "AbortError") return; // the person closed the sheet
    box.querySelector("input").select();
    status.textContent = button.dataset.failed;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("[data-share]")) {
    const button = box.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => share(box, button));
  }
});
