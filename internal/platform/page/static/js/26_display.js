// Large type is at once on the page and then kept by the server; without script the button posts and the page comes back.
document.addEventListener("submit", (e) => {
  const button = e.submitter;
  if (!button || button.dataset.big === undefined) return;
  e.preventDefault();
  e.stopImmediatePropagation();
  const on = !document.documentElement.classList.contains("big");
  const body = new URLSearchParams(new FormData(e.target));
  body.set("big", on ? "1" : "0");
  document.documentElement.classList.toggle("big", on);
  for (const b of document.querySelectorAll("[data-big]")) { b.value = on ? "0" : "1"; b.setAttribute("aria-pressed", String(on)); }
  fetch(e.target.action, { method: "POST", body, redirect: "manual", headers: { "HX-Request": "true" } }).catch(() => {});
}, true);

// A revealed value is masked again after its time.
const cover = () => {
  for (const el of document.querySelectorAll("[data-cover]:not([data-timed])")) {
    el.dataset.timed = "1";
    setTimeout(() => {
      const next = el.nextElementSibling, again = next && next.content.firstElementChild;
      el.textContent = el.dataset.mask;
      el.className = "mask";
      if (again) { el.parentNode.replaceWith(again); htmx.process(again); }
    }, 1000 * el.dataset.cover);
  }
};
cover();
document.addEventListener("htmx:afterSettle", cover);

// The toast only repeats what the page says; it goes after a while.
for (const toast of document.querySelectorAll(".toast")) setTimeout(() => toast.remove(), 8000);
// The per-session form token travels with every request of htmx too.
document.addEventListener("htmx:configRequest", (e) => {
  const meta = document.querySelector("meta[name=hd-session]");
  if (meta && e.detail.verb !== "get") e.detail.headers["X-Session-Token"] = meta.content;
});
// A waiting page offers words and a way out after two seconds.
for (const wait of document.querySelectorAll("[data-late]")) setTimeout(() => { wait.hidden = false; }, 2000);
