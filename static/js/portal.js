// Small comforts on top of pages that work without them.
"use strict";

// The token changes when someone signs in, perhaps in another tab: read it late.
function csrfToken() {
  const cookie = document.cookie
    .split("; ")
    .find((part) => part.startsWith("csrftoken="));
  if (cookie) return decodeURIComponent(cookie.slice("csrftoken=".length));
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
}
// The bundle puts each script in a function of its own: the others find it here.
window.csrfToken = csrfToken;

function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus();
}

function openFiltersWhereThereIsRoom(root) {
  for (const filters of root.querySelectorAll("[data-filters]")) {
    const from = filters.dataset.filters || "45rem";
    if (window.matchMedia(`(width >= ${from})`).matches) filters.open = true;
  }
}

function say(text) {
  const place = document.getElementById("messages");
  if (!place) return;
  const notice = document.createElement("div");
  notice.className = "notice notice--error";
  notice.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = text;
  notice.append(words);
  place.replaceChildren(notice);
  place.scrollIntoView({ block: "nearest" });
}

document.addEventListener("DOMContentLoaded", () => {
  focusErrors(document);
  openFiltersWhereThereIsRoom(document);
});

document.addEventListener("htmx:configRequest", (event) => {
  const token = csrfToken();
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

document.addEventListener("htmx:load", (event) => {
  focusErrors(event.detail.elt);
  openFiltersWhereThereIsRoom(event.detail.elt);
});

// A region that renews itself says so in its own place (live.js), not every time.
function isLive(event) {
  return event.target.matches?.("[data-live]");
}

document.addEventListener("htmx:responseError", (event) => {
  if (!isLive(event)) say(document.body.dataset.errorText);
});

document.addEventListener("htmx:sendError", (event) => {
  if (!isLive(event)) say(document.body.dataset.offlineText);
});

// An open menu closes on Escape and when the click lands elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A question before what cannot be undone, and one post for a double click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  const question = (event.submitter ?? form).dataset.confirm ?? form.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  window.setTimeout(() => form.removeAttribute("aria-busy"), 5000);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) {
    form.removeAttribute("aria-busy");
  }
});

// What waited on this device to be sent (roll.js) leaves with the person.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("form[action$='/logout/']")) return;
  window.localStorage.removeItem("roll-marks");
});
