// Drafts: what is typed goes to the server after two seconds of quiet, and never while an input method composes. A draft that
// was offered and not decided about is not written over.
const kept = (form) => form.querySelector("[data-kept]") || document.createElement("i");
const meta = document.querySelector("meta[name=hd-session]");
let form = null, timer = 0, composing = false, before = 0, flight = null;

const fieldsOf = (form) => {
  const body = new URLSearchParams({ _form: form.getAttribute("action") });
  const secret = [...form.elements].filter((el) => /^(password|file)$/.test(el.type)).map((el) => el.name);
  for (const [name, value] of new FormData(form)) {
    if (!secret.includes(name) && (name[0] !== "_" || name === "_seen")) body.append(name, value);
  }
  return body;
};
const send = async (keepalive) => {
  const at = form;
  clearTimeout(timer);
  timer = 0;
  flight = new AbortController();
  const { signal } = flight;
  const answer = await fetch("/drafts", { method: "POST", body: fieldsOf(at), keepalive, signal, headers: { "X-Session-Token": meta.content } }).catch(() => null);
  if (signal.aborted || timer) return;
  kept(at).textContent = answer && answer.ok ? await answer.text() : "";
  if (answer && answer.ok) at.dispatchEvent(new CustomEvent("hd:kept", { bubbles: true }));
};
const wait = () => { clearTimeout(timer); timer = composing ? 0 : setTimeout(send, 2000); };
const stop = () => { clearTimeout(timer); timer = 0; };
const changed = (of) => {
  if (!meta || !of || !("draft" in of.dataset)) return;
  if (of.dataset.held) { kept(of).textContent = of.dataset.held; return; }
  if (timer && form !== of) send();
  form = of;
  wait();
};
document.addEventListener("input", (e) => changed(e.target.form));
document.addEventListener("compositionstart", () => { composing = true; stop(); });
document.addEventListener("compositionend", (e) => { composing = false; changed(e.target.form); });
document.addEventListener("hd:typing", () => { before = timer; });
document.addEventListener("hd:scanned", () => { if (!before) stop(); });
// Sent is sent: a draft on its way must not come after it. One that came back refused is a draft again.
document.addEventListener("submit", (e) => { if (e.target === form) { stop(); if (flight) flight.abort(); } });
const refused = () => {
  const box = document.querySelector("form[data-draft] .summary:not([data-noted])");
  if (box) { box.dataset.noted = ""; changed(box.closest("form")); }
};
refused();
document.addEventListener("htmx:afterSettle", refused);
addEventListener("pagehide", () => { if (timer) send(true); });
