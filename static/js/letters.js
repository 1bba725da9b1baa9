// Large letters at once, without a new page: what was typed stays.
"use strict";

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-letters-form]")) return;
  event.preventDefault();
  const root = document.documentElement;
  const isLarge = root.dataset.letters !== "large";
  if (isLarge) root.dataset.letters = "large";
  else delete root.dataset.letters;
  const age = isLarge ? 31536000 : 0;
  document.cookie = `letters=large; path=/; max-age=${age}; samesite=lax`;
  const button = event.target.querySelector("button");
  button.value = isLarge ? "normal" : "large";
  button.setAttribute("aria-pressed", String(isLarge));
});
