// Drafts: what is typed goes to the server after two seconds of quiet, and never while an input method composes. A draft that
// was offered and not decided about is not written over.
const kept = (form) => form.querySelector("[data-kept]") || document.createElement("i");
const meta = document.querySelector("meta[name=hd-session]");
let form = null, timer = 0, composing = false, before = 0, flight = null;

const fieldsOf = (form) => {
  const body = new URLSearchParams({ _form: form.getAttribute("action") });
  const secret = [...form.elements].filter((el) => /^(password|file)$/.test(el.type)).map((el) => el.name);
  for (const [name, value] of new FormData(form)) {
    if (!secret.includes(name) && (name[0] !== "_" || /^_(seen|page|chosen)$/.test(name))) body.append(name, value);
  }
  return body;
};
const send = async (keepalive) => {
  const at = form;
  clearTimeout(timer);
  timer = 0;
  flight = new AbortController();
  const { signal } = flight;
  const headers = { "X-Session-Token": meta.content };
  const answer = await fetch("/drafts", { method: "POST", body: fieldsOf(at), keepalive, signal, headers }).catch(() => null);
  if (signal.aborted || timer) return;
  if (answer && answer.headers.get("X-Sign-In")) { over(at, await answer.text(), answer.headers.get("X-Sign-In")); return; }
  kept(at).textContent = answer && answer.ok ? await answer.text() : "";
  if (answer && answer.ok) at.dispatchEvent(new CustomEvent("hd:kept", { bubbles: true }));
};
// The session is over: the server has kept the text for whoever opened the page, and says where to sign in: above the page, and
// beside the buttons, which are in sight wherever one types. What is typed from here on goes there too before the page is left.
const over = (at, text, href) => {
  const [says, label] = text.split("\n");
  const way = () => { const a = document.createElement("a"); a.href = href; a.textContent = label; return a; };
  const panel = document.createElement("section"), title = document.createElement("h1"), link = way();
  panel.className = "panel rule";
  link.className = "btn pri";
  title.textContent = says;
  panel.append(title, link);
  document.getElementById("alerts").replaceChildren(panel);
  kept(at).replaceChildren(says + " ", way());
  document.dispatchEvent(new Event("hd:over"));
};
// The way to the sign-in goes by the server, so that it leads back into the form with all that stands in it.
const signIn = async (href) => {
  if (form && form.isConnected && meta) {
    stop();
    const answer = await fetch("/drafts", { method: "POST", body: fieldsOf(form), headers: { "X-Session-Token": meta.content } }).catch(() => null);
    if (answer && answer.ok) { form.dispatchEvent(new CustomEvent("hd:kept", { bubbles: true })); return; } // it is not over
    href = (answer && answer.headers.get("X-Sign-In")) || href;
  }
  document.dispatchEvent(new Event("hd:over"));
  location.assign(href);
};
document.addEventListener("click", (e) => {
  const link = e.target.closest("a[href^='/sign-in?']");
  if (link && link.closest("#alerts,[data-kept]")) { e.preventDefault(); signIn(link.getAttribute("href")); }
});
document.addEventListener("hd:ended", (e) => signIn(e.detail));
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
