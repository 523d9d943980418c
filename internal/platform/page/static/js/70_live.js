// A page asks for the counts of what is due when it is shown, once a minute, and soon after an event of the stream; without a stream, as
// behind a proxy that cuts it, they are a minute late. A browser opens six connections to a server at most (ui §2), so of all visible pages one
// holds the stream, by a lease in localStorage, and tells the others. (Not a shared worker: in Chromium 109 it fails after the first change of page.)
const bell = document.getElementById("bell"), me = String(Math.random());
const leaseKey = "hd-live", changeKey = "hd-changed", leaseTime = 12000, minWait = 5000, maxWait = 300000;
let asking, stream, wait = minWait, notBefore = 0;
const ask = () => {
  asking = asking || setTimeout(async () => {
    asking = 0;
    const answer = await fetch("/live/counts").catch(() => 0);
    const counts = answer.status === 200 && await answer.json().catch(() => 0);
    if (counts) for (const el of document.querySelectorAll("[data-count]")) el.textContent = counts[el.dataset.count] || "";
  }, 500);
};
const close = () => { if (stream) stream.close(); stream = null; };
const open = () => {
  stream = new EventSource("/live/events");
  stream.onmessage = () => { wait = minWait; localStorage.setItem(changeKey, Date.now()); ask(); };
  stream.onerror = () => { close(); notBefore = Date.now() + wait; wait = Math.min(2 * wait, maxWait); };
};
const lease = () => (localStorage.getItem(leaseKey) || "").split(" ");
const hold = () => {
  const now = Date.now(), [who, until] = lease(), taken = until > now && until <= now + leaseTime; // a clock put back leaves a lease far ahead
  if (taken && who !== me) return close();
  localStorage.setItem(leaseKey, me + " " + (now + leaseTime));
  if (!stream && now > notBefore && window.EventSource) open();
};
const leave = () => {
  close();
  if (lease()[0] === me) localStorage.removeItem(leaseKey);
};
const visible = () => { if (document.hidden) leave(); else { hold(); ask(); } };
if (bell) {
  addEventListener("storage", (e) => {
    if (document.hidden) return;
    if (e.key === changeKey) ask();
    if (e.key === leaseKey && !e.newValue) hold();
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (e) => { if (e.persisted) visible(); });
  document.addEventListener("visibilitychange", visible);
  setInterval(() => { if (!document.hidden) hold(); }, 5000);
  setInterval(() => { if (!document.hidden) ask(); }, 60000);
  visible();
}
