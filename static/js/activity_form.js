// Shows the part of the form that fits the chosen initiative, and what it asks for.
// Without it all parts stand there closed and can be opened by hand.
"use strict";

function fitToInitiative(form) {
  const choice = form.elements.namedItem("initiative");
  const kinds = JSON.parse(choice.dataset.kinds);
  const wishes = JSON.parse(choice.dataset.wishes);
  const place = form.querySelector("[data-initiative-wishes]");

  function fit() {
    for (const part of form.querySelectorAll("details[data-kind]")) {
      const fits = kinds[choice.value] === part.dataset.kind;
      const isWrong = part.querySelector(".errorlist") !== null;
      part.hidden = !fits && !isWrong;
      if (fits || isWrong) part.open = true;
    }
    const text = wishes[choice.value] ?? "";
    place.hidden = text === "";
    place.querySelector("span").textContent = text;
  }

  choice.addEventListener("change", fit);
  fit();
  form.dataset.fitted = "";
}

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-activity-form]")) {
    fitToInitiative(form);
  }
});
