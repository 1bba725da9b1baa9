// Photos sent one after the other, with their progress; the form works without it.
"use strict";

function startUploads(form) {
  const texts = form.dataset;
  const list = form.querySelector("[data-rows]");
  const outcome = form.querySelector("[data-outcome]");
  const blank = document.getElementById("upload-row");
  const waiting = [];
  const failed = new Set();
  let isSending = false;
  let kept = 0;
  let keptSinceShown = 0;

  // What a browser with scripts shows instead of the file field and its button.
  for (const part of form.querySelectorAll("[data-plain]")) part.hidden = true;
  for (const field of form.querySelectorAll("[data-plain] input")) field.disabled = true;
  form.querySelector("[data-pickers]").hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());

  function isDescribed() {
    if (form.checkValidity()) return true;
    // A field in a closed part cannot take the focus.
    for (const part of form.querySelectorAll("details:has(:invalid)")) part.open = true;
    return form.reportValidity();
  }

  function show(row, state, words, percent) {
    row.item.dataset.state = state;
    row.item.querySelector("[data-words]").textContent = words;
    const bar = row.item.querySelector("progress");
    bar.hidden = percent === undefined;
    if (percent !== undefined) bar.value = percent;
    row.item.querySelector("[data-again]").hidden = state !== "failed";
  }

  function newRow(file) {
    const item = blank.content.firstElementChild.cloneNode(true);
    const row = { file, item };
    item.querySelector("[data-name]").textContent = file.name;
    item.querySelector("progress").setAttribute("aria-label", file.name);
    const again = item.querySelector("[data-again]");
    again.textContent = texts.retry;
    again.addEventListener("click", () => {
      failed.delete(row);
      enqueue(row);
    });
    list.append(item);
    list.hidden = false;
    return row;
  }

  // Each photo takes along the words as they were when it was chosen.
  function enqueue(row) {
    if (!row.body) {
      row.body = new FormData(form);
      row.body.set("photos", row.file, row.file.name);
    }
    show(row, "waiting", texts.waiting, 0);
    waiting.push(row);
    if (!isSending) sendNext();
  }

  function sendNext() {
    const row = waiting.shift();
    isSending = row !== undefined;
    if (isSending) send(row);
    else finish();
  }

  function send(row) {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    const token = csrfToken();
    if (token) request.setRequestHeader("X-CSRFToken", token);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const percent = Math.floor((100 * event.loaded) / event.total);
      const words = percent < 100 ? `${texts.sending} ${percent}%` : texts.checking;
      show(row, "sending", words, percent);
    });
    request.addEventListener("loadend", () => {
      answered(row, request);
      sendNext();
    });
    request.send(row.body);
  }

  function answered(row, request) {
    const isNetwork = request.status === 0 || request.status >= 500;
    if (isNetwork) {
      failed.add(row);
      show(row, "failed", texts.failed);
      return;
    }
    const answer = parsed(request);
    if (request.status === 200 && answer) {
      kept += 1;
      keptSinceShown += 1;
      show(row, "kept", [texts.kept, ...answer.notices].join(" · "));
      return;
    }
    failed.add(row);
    show(row, "refused", answer?.error ?? texts.refused);
  }

  function parsed(request) {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return null;
    }
  }

  function finish() {
    outcome.textContent = texts.summary
      .replace("{kept}", kept)
      .replace("{failed}", failed.size);
    const place = { target: "#evidence-rows", swap: "outerHTML" };
    htmx.ajax("GET", form.action, place).then(() => {
      keptSinceShown = 0;
    });
  }

  function room() {
    const shown = Number(document.getElementById("evidence-rows").dataset.room);
    return shown - keptSinceShown - waiting.length - (isSending ? 1 : 0);
  }

  function choose(files) {
    const free = room();
    [...files].forEach((file, number) => {
      const row = newRow(file);
      if (number < free) {
        enqueue(row);
      } else {
        failed.add(row);
        show(row, "refused", texts.full);
      }
    });
  }

  for (const button of form.querySelectorAll("[data-pick]")) {
    const source = form.querySelector(`[data-source="${button.dataset.pick}"]`);
    button.addEventListener("click", () => {
      if (isDescribed()) source.click();
    });
    source.addEventListener("change", () => {
      choose(source.files);
      source.value = "";
    });
  }
}

const started = new WeakSet();

function startAll() {
  for (const form of document.querySelectorAll("form[data-uploads]")) {
    if (!started.has(form)) startUploads(form);
    started.add(form);
  }
}

document.addEventListener("DOMContentLoaded", startAll);
document.addEventListener("htmx:load", startAll);
