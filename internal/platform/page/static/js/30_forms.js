// Forms: no double posting, Enter to the next field, leaving asks, the error summary has focus.
const html = document.documentElement;
let dirty = null, lastKey = 0;
const shown = (el) => !el.disabled && !el.readOnly && el.type !== "hidden" && el.offsetParent !== null;

const lock = (form, by) => {
  form.dataset.busy = "1";
  // After the browser has read the form, so that the pressed button's own value is sent.
  setTimeout(() => {
    for (const b of form.elements) if (b.type === "submit" && !b.disabled) { b.disabled = true; b.dataset.locked = "1"; }
    if (by) by.dataset.busy = "1";
  });
};
const unlock = (form) => {
  delete form.dataset.busy;
  for (const b of form.elements) {
    if (b.dataset.locked) { b.disabled = false; delete b.dataset.locked; }
    delete b.dataset.busy;
  }
};
const unlockAll = () => { for (const form of document.querySelectorAll("form[data-busy]")) unlock(form); };
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.dataset.busy) { e.preventDefault(); e.stopImmediatePropagation(); return; }
  if (form.method !== "post") return;
  if (dirty === form) dirty = null;
  if (!("download" in form.dataset)) lock(form, e.submitter);
}, true);
document.addEventListener("htmx:afterRequest", (e) => {
  const form = e.target.closest && e.target.closest("form");
  if (form) { unlock(form); if (!e.detail.successful && "ask" in form.dataset) dirty = form; }
});
addEventListener("pageshow", (e) => { if (e.persisted) unlockAll(); });

document.addEventListener("input", (e) => { const form = e.target.form; if (form && "ask" in form.dataset) dirty = form; });
// What lies with the server as a draft is not lost by leaving; a chosen file or a password is.
document.addEventListener("hd:kept", (e) => {
  if (dirty === e.target && ![...dirty.elements].some((el) => /^(file|password)$/.test(el.type) && el.value)) dirty = null;
});
document.addEventListener("hd:over", () => { dirty = null; });
// What a scanner typed into the field that happened to have the cursor is no change.
let before = null;
document.addEventListener("hd:typing", () => { before = dirty; });
document.addEventListener("hd:scanned", () => { dirty = before; });
addEventListener("beforeunload", (e) => { if (dirty && dirty.isConnected) { e.preventDefault(); e.returnValue = ""; } });

const primary = (form) => form.querySelector("button.pri[type=submit]:not([disabled])") || form.querySelector("button[type=submit]:not([disabled])");
document.addEventListener("keydown", (e) => {
  const gap = e.timeStamp - lastKey;
  if (e.key !== "Enter") { lastKey = e.timeStamp; return; }
  lastKey = e.timeStamp;
  const at = e.target, form = at.form;
  if (!form || e.isComposing || e.keyCode === 229 || e.ctrlKey || e.altKey || e.metaKey || e.defaultPrevented) return;
  if (at.tagName === "TEXTAREA" || at.tagName === "BUTTON" || at.type === "submit") {
    // A scanner's Enter comes at once after its last digit: it must never confirm money.
    if ("money" in form.dataset && gap < 60) e.preventDefault();
    return;
  }
  if ("money" in form.dataset && gap < 60) { e.preventDefault(); return; }
  if (!("entry" in form.dataset) || html.dataset.enter === "off") return;
  e.preventDefault();
  const fields = [...form.elements].filter((el) => shown(el) && /^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName));
  // The choices of one radio group count as one field.
  const steps = fields.filter((el, i) => el.type !== "radio" || el === at || fields.findIndex((o) => o.name === el.name) === i);
  let next = steps.indexOf(at);
  const step = e.shiftKey ? -1 : 1;
  do next += step; while (steps[next] && steps[next].type === "radio" && steps[next].name === at.name);
  if (steps[next]) { steps[next].focus(); if (steps[next].select) steps[next].select(); return; }
  if (step < 0) return;
  const button = primary(form);
  if (button) form.requestSubmit(button);
});
document.addEventListener("hd:save", (e) => {
  const near = document.activeElement && document.activeElement.form;
  const form = near && near.method === "post" ? near : document.querySelector("dialog[open] form[method=post],main form[data-entry]");
  if (!form) return;
  const button = (e.detail === "next" && form.querySelector("[data-next]")) || primary(form);
  if (button) form.requestSubmit(button);
});

const focusSummary = () => {
  const box = document.querySelector(".summary[tabindex],#alerts .panel[tabindex]");
  if (box && !box.dataset.seen) { box.dataset.seen = "1"; box.focus(); }
};
focusSummary();
document.addEventListener("htmx:afterSettle", focusSummary);
// The first field of a page's form has the cursor, unless a mistake or the page itself has it; a finger would only call up the keyboard.
const firstField = () => {
  const form = document.querySelector("main form[data-entry]");
  if (!form || location.hash || form.closest("dialog,details") || document.activeElement !== document.body) return;
  if (document.querySelector("main [autofocus],dialog[open],.summary[tabindex]") || !matchMedia("(pointer:fine)").matches) return;
  const field = [...form.elements].find((el) => shown(el) && /^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName) && !/^(radio|checkbox|file|submit)$/.test(el.type));
  if (field) field.focus({ preventScroll: true });
};
firstField();
// A link of the summary puts the cursor into its field, not only the page to it.
document.addEventListener("click", (e) => {
  const link = e.target.closest(".summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) { e.preventDefault(); const input = field.matches("input,select,textarea") ? field : field.querySelector("input,select,textarea"); (input || field).focus(); field.scrollIntoView({ block: "center" }); }
});

// A conflict: what is chosen shows in its field, and what is typed there is one's own again.
const put = (form, name, values) => {
  for (const el of form.elements) {
    if (el.name !== name) continue;
    if (/^(radio|checkbox)$/.test(el.type)) el.checked = values.includes(el.value);
    else el.value = values[0] || "";
    el.dispatchEvent(new Event("change"));
  }
};
const values = (form, name) => [...form.querySelectorAll(`input[type=hidden][name="${name}"]`)].map((el) => el.value);
const take = (el) => { if (el.checked) put(el.form, el.dataset.take, values(el.form, `_${el.value}.${el.dataset.take}`)); };
const takes = () => { for (const el of document.querySelectorAll("[data-take][value=theirs]")) take(el); };
document.addEventListener("change", (e) => { if (e.target.dataset.take) take(e.target); });
document.addEventListener("input", (e) => {
  const mine = e.target.form && e.target.name && e.target.form.querySelector(`[data-take="${e.target.name}"][value=mine]`);
  if (mine) mine.checked = true;
});
takes();
document.addEventListener("htmx:afterSettle", takes);
