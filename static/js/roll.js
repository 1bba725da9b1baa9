// The roll of the day: taps are kept on this telephone until the portal has them.
// What is kept: numbers and times, never names. portal.js clears it at sign-out.
"use strict";

const STORE = "roll-marks";
const RETRY_MS = 10_000;
const LONGEST_WAIT_MS = 15_000;
const QUEUED = new Set(["in", "out"]);

function keptMarks() {
  try {
    const kept = JSON.parse(window.localStorage.getItem(STORE));
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keepMarks(marks) {
  if (marks.length) window.localStorage.setItem(STORE, JSON.stringify(marks));
  else window.localStorage.removeItem(STORE);
}

function startRoll(roll) {
  const { user, shift, url } = roll.dataset;
  const notice = roll.querySelector("[data-queue]");
  const words = roll.querySelector("[data-queue-text]");
  const signIn = roll.querySelector("[data-queue-sign-in]");
  let isSending = false;
  let problem = "";

  const own = () => keptMarks().filter((mark) => mark.user === user);
  const rowOf = (signup) => roll.querySelector(`[data-row="${CSS.escape(signup)}"]`);
  const isHere = (mark) => mark.shift === shift;

  function showQueue() {
    const count = own().length;
    notice.hidden = !(count && problem);
    notice.querySelector("[data-queue-count]").textContent = count;
    words.textContent = problem ? roll.dataset[problem] : "";
    signIn.hidden = problem !== "signIn";
  }

  function showWaiting(mark) {
    const row = rowOf(mark.signup);
    if (!row || !isHere(mark)) return;
    row.dataset.pending = "";
    delete row.dataset.refused;
    row.querySelector("[data-row-note]").textContent = roll.dataset.waiting;
    for (const button of row.querySelectorAll("button[name=deed]")) {
      if (QUEUED.has(button.value)) {
        button.hidden = mark.deed === "out" || button.value === "in";
      } else button.hidden = true;
    }
  }

  function showAnswer(mark, answer, isDone) {
    const old = rowOf(mark.signup);
    if (!old || !isHere(mark)) return;
    if (own().some((other) => isHere(other) && other.signup === mark.signup)) return;
    let row = old;
    if (answer?.row) {
      const holder = document.createElement("template");
      holder.innerHTML = answer.row;
      row = holder.content.firstElementChild;
      row.dataset.words = old.dataset.words;
      old.replaceWith(row);
    }
    delete row.dataset.pending;
    if (!isDone) row.dataset.refused = "";
    const note = row.querySelector("[data-row-note]");
    note.textContent = answer?.text || roll.dataset.refused;
  }

  // True when the next one may follow: the portal has answered about this one.
  async function sendOne(mark) {
    const body = new URLSearchParams({ signup: mark.signup, deed: mark.deed });
    body.set("at", mark.at);
    if (mark.heads) body.set("heads", mark.heads);
    let response;
    try {
      response = await fetch(url.replace(`/${shift}/`, `/${mark.shift}/`), {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
        redirect: "manual",
        signal: AbortSignal.timeout?.(LONGEST_WAIT_MS),
      });
    } catch {
      problem = "offline";
      return false;
    }
    if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
      problem = "signIn";
      return false;
    }
    if (response.status >= 500 || response.status === 429) {
      problem = "offline";
      return false;
    }
    const answer = await response.json().catch(() => null);
    keepMarks(keptMarks().filter((other) => other.key !== mark.key));
    showAnswer(mark, answer, response.ok);
    return true;
  }

  async function send() {
    if (isSending) return;
    isSending = true;
    for (let [mark] = own(); mark; [mark] = own()) {
      if (!(await sendOne(mark))) break;
      problem = "";
    }
    isSending = false;
    showQueue();
  }

  function tapped(form, deed) {
    const mark = {
      key: `${Date.now()}-${Math.random().toString(36).slice(2)}`,
      user,
      shift,
      signup: form.elements.signup.value,
      deed,
      heads: (deed === "in" && form.elements.heads?.value) || "",
      at: new Date().toISOString(),
    };
    keepMarks([...keptMarks(), mark]);
    showWaiting(mark);
    showQueue();
    send();
  }

  // Before portal.js, whose lock against double clicks is not for these.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const deed = event.submitter?.value;
      if (form.matches("[data-mark]") && QUEUED.has(deed) && form.checkValidity()) {
        event.preventDefault();
        event.stopImmediatePropagation();
        tapped(form, deed);
      } else if (form.matches("form[action$='/logout/']") && own().length) {
        if (window.confirm(roll.dataset.leave)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );

  roll.querySelector("[data-queue-send]").addEventListener("click", send);
  window.addEventListener("online", send);
  window.setInterval(() => {
    if (problem === "offline") send();
  }, RETRY_MS);

  roll.querySelector("[data-roll-search]").addEventListener("input", (event) => {
    const sought = event.target.value.replaceAll(" ", "").toLowerCase();
    for (const row of roll.querySelectorAll("[data-row]")) {
      row.hidden = !row.dataset.words.toLowerCase().includes(sought);
    }
  });

  // Another person's marks are not this one's to send.
  keepMarks(own());
  for (const mark of own()) showWaiting(mark);
  send();
}

document.addEventListener("DOMContentLoaded", () => {
  const roll = document.querySelector("[data-roll]");
  if (roll) startRoll(roll);
});
