// Without a network: the offline page in place of the browser's own. Nothing else is
// kept here, least of all a page of somebody who is signed in.
"use strict";

const CACHE = {{ cache|safe }};
const OFFLINE = {{ page|safe }};
const FILES = {{ kept|safe }};

// Asked for without cookies: what is kept knows nobody.
async function keep() {
  const cache = await caches.open(CACHE);
  const page = new Request(OFFLINE, { cache: "reload", credentials: "omit" });
  await cache.addAll([
    page,
    ...FILES.map((file) => new Request(file, { credentials: "omit" })),
  ]);
}

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

async function tidy() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name !== CACHE).map((name) => caches.delete(name)),
  );
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy());
});

async function fromCache(address) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) ?? Response.error();
}

// In large letters for who reads those; the choice is a cookie of this device.
async function offlinePage() {
  const page = await fromCache(OFFLINE);
  const choice = await self.cookieStore?.get("letters");
  if (page.type === "error" || choice?.value !== "large") return page;
  const text = await page.text();
  const large = text.replace(/<html [^>]*/, '$& data-letters="large"');
  return new Response(large, { headers: page.headers });
}

async function pageOf(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return offlinePage();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(pageOf(event));
  else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => fromCache(request.url)));
  }
});
