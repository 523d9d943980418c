// The counts of what is due are asked for when a page is shown, once a minute, and soon after the stream said that something changed;
// without a stream, as behind a proxy that cuts it, they are a minute late. A browser opens six connections to a server at most (ui §2), so of
// all pages that can be seen one holds the stream, under a lease the others read, and tells them. (A shared worker would do; Chromium 109 has
// none after the first change of page.)
const bell = document.getElementById("bell"), me = String(Math.random());
let asking, stream, wait = 5000, rested = 0;
const ask = () => {
  asking = asking || setTimeout(async () => {
    asking = 0;
    const answer = await fetch("/live/counts").catch(() => 0);
    const counts = answer.status === 200 && await answer.json().catch(() => 0);
    if (counts) for (const el of document.querySelectorAll("[data-count]")) el.textContent = counts[el.dataset.count] || "";
  }, 500);
};
const shut = () => { if (stream) stream.close(); stream = null; };
const open = () => {
  stream = new EventSource("/live/events");
  stream.onmessage = () => { wait = 5000; localStorage.setItem("hd-told", Date.now()); ask(); };
  stream.onerror = () => { shut(); rested = Date.now() + wait; wait = Math.min(2 * wait, 300000); };
};
const hold = () => {
  const now = Date.now(), [who, until] = (localStorage.getItem("hd-live") || "").split(" "), free = !(until > now && until < now + 20000);
  if (document.hidden || !free && who !== me) return shut();
  localStorage.setItem("hd-live", me + " " + (now + 12000));
  if (!stream && now > rested) open();
};
const leave = () => {
  shut();
  if ((localStorage.getItem("hd-live") || "").startsWith(me)) localStorage.removeItem("hd-live");
};
const seen = () => { if (document.hidden) leave(); else { hold(); ask(); } };
if (bell) {
  addEventListener("storage", (e) => { if (!document.hidden) { if (e.key === "hd-told") ask(); if (e.key === "hd-live" && !e.newValue) hold(); } });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (e) => { if (e.persisted) seen(); });
  document.addEventListener("visibilitychange", seen);
  setInterval(hold, 5000);
  setInterval(() => { if (!document.hidden) ask(); }, 60000);
  seen();
}
