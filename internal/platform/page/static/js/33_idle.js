// Two minutes before a session that rests ends, a strip says so. Pages of one browser tell each other when the server was
// last asked; it notes that to the minute, so the strip comes a minute early. What pages ask by themselves (70_live.js) does not count.
const strip = () => document.getElementById("idle");
const last = () => Number(localStorage.getItem("hd-asked")) || 0;
const minute = 60000;
let timer = 0;
const check = () => {
  const el = strip();
  clearTimeout(timer);
  if (!el) return;
  const left = last() + el.dataset.minutes * minute - Date.now(), early = left - 3 * minute;
  if (left < -5000) {
    document.dispatchEvent(new CustomEvent("hd:ended", { detail: "/sign-in?back=" + encodeURIComponent(location.pathname + location.search) }));
    return;
  }
  el.hidden = early > 0;
  timer = setTimeout(check, early > 0 ? early : left + 6000);
};
const asked = () => { if (strip()) localStorage.setItem("hd-asked", Date.now()); check(); };
asked();
document.addEventListener("hd:kept", asked);
document.addEventListener("htmx:afterRequest", (e) => { if (e.detail.successful) asked(); });
addEventListener("storage", check);
addEventListener("pageshow", (e) => { if (e.persisted) check(); });
document.addEventListener("click", async (e) => {
  if (!e.target.closest("[data-stay]")) return;
  const token = document.querySelector("meta[name=hd-session]").content;
  const answer = await fetch("/stay", { method: "POST", headers: { "X-Session-Token": token } }).catch(() => null);
  const over = answer && answer.headers.get("X-Sign-In");
  if (over) document.dispatchEvent(new CustomEvent("hd:ended", { detail: over }));
  if (answer && answer.ok) asked();
});
