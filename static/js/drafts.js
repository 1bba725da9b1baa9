// Sends what is typed into a long form to be kept until the form itself is sent.
// A form takes part by data-draft-url; its words stand in data-draft-* beside it.
"use strict";

const DRAFT_QUIET_MS = 1500;
const NEVER_KEPT = new Set(["csrfmiddlewaretoken"]);

// Fields as they stand, without files, passwords and parts marked data-draft-skip.
// Where nothing was changed neither the field nor what it held at the opening is sent.
function draftBody(form) {
  const body = new FormData();
  for (const field of form.elements) {
    if (!field.name || field.disabled || NEVER_KEPT.has(field.name)) continue;
    if (["file", "password", "submit", "button"].includes(field.type)) continue;
    if (field.closest("[data-draft-skip]")) continue;
    if (["checkbox", "radio"].includes(field.type)) {
      if (field.checked) body.append(field.name, field.value);
      continue;
    }
    if (field.type === "select-multiple") {
      for (const option of field.selectedOptions) body.append(field.name, option.value);
      continue;
    }
    const initial = form.elements.namedItem(`initial-${field.name}`);
    if (initial && initial.value === field.value) continue;
    if (isUntouchedInitial(form, field)) continue;
    body.append(field.name, field.value);
  }
  body.append("draft_opened", form.dataset.draftOpened);
  return body;
}

function isUntouchedInitial(form, field) {
  if (!field.name.startsWith("initial-")) return false;
  const shown = form.elements.namedItem(field.name.slice("initial-".length));
  const isText = shown && !["checkbox", "radio"].includes(shown.type);
  return isText && shown.value === field.value;
}

function clockNow() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${two(now.getHours())}:${two(now.getMinutes())}`;
}

function keepDraft(form) {
  const status = form.querySelector("[data-draft-status]");
  let timer = 0;
  let isDirty = false;
  let isSent = false;

  function say(text) {
    if (status && status.textContent !== text) status.textContent = text;
  }

  async function save() {
    window.clearTimeout(timer);
    if (!isDirty || isSent) return;
    isDirty = false;
    try {
      const response = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: draftBody(form),
        headers: { "X-CSRFToken": csrfToken() },
        redirect: "manual",
        keepalive: true,
      });
      if (response.ok) say(`${form.dataset.draftSaved} ${clockNow()}`);
      else say(form.dataset.draftRefused);
    } catch {
      isDirty = true;
      say(form.dataset.draftOffline);
    }
  }

  function changed(event) {
    if (event.target.type === "file") return;
    isDirty = true;
    isSent = false;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, DRAFT_QUIET_MS);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    isSent = true;
  });
  window.addEventListener("pagehide", save);
  window.addEventListener("online", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-draft-url]")) keepDraft(form);
});
