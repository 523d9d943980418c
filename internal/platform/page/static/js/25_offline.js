// The strip when the server does not answer. What was typed stays; money buttons are locked until it does.
const strip = () => document.getElementById("offline"); // a boosted answer replaces the element
const away = () => { const el = strip(); return !!el && !el.hidden; };
const probe = () => fetch("/static/icons.svg", { method: "HEAD", cache: "no-store" }).then((r) => r.ok, () => false);
let timer = 0;
const set = (off) => {
  const el = strip();
  if (!el || el.hidden === !off) return;
  el.hidden = !off;
  document.dispatchEvent(new CustomEvent(off ? "hd:offline" : "hd:online"));
  for (const b of document.querySelectorAll("[data-money] [type=submit],button[data-money]")) {
    if (off && !b.disabled) { b.disabled = true; b.dataset.off = "1"; }
    if (!off && b.dataset.off) { b.disabled = false; delete b.dataset.off; }
  }
  clearInterval(timer);
  if (off) {
    const at = el.querySelector("[data-time]");
    if (at) at.textContent = new Date().toTimeString().slice(0, 5);
    timer = setInterval(check, 5000);
  }
};
const check = () => probe().then((ok) => set(!ok));
addEventListener("offline", () => set(true));
addEventListener("online", check);
document.addEventListener("htmx:sendError", () => set(true));
document.addEventListener("htmx:timeout", () => set(true));
document.addEventListener("htmx:afterOnLoad", () => { if (away()) check(); });
document.addEventListener("click", (e) => { if (e.target.closest("[data-reconnect]")) check(); });
// A plain post into the void would lose the page, so it is held back while the server is known to be away.
document.addEventListener("submit", (e) => { if (away()) { e.preventDefault(); e.stopImmediatePropagation(); check(); } }, true);
