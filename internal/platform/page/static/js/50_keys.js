// The keys of the house. Letters alone act only where no text field has focus, and can be turned off per user.
const page = document.documentElement;
const inText = (el) => el.isContentEditable || el.matches("input:not([type=checkbox]):not([type=radio]),select,textarea");
const press = (name) => {
  const act = document.querySelector(`dialog[open] [data-key="${name}"]`) || document.querySelector(`[data-key="${name}"]`);
  if (act) act.click();
  return !!act;
};
const find = () => { const box = document.getElementById("q"); if (box) { box.focus(); box.select(); } return !!box; };
const save = (how) => { document.dispatchEvent(new CustomEvent("hd:save", { detail: how })); return true; };
const back = () => {
  const menu = document.querySelector("details.menu[open],details.reveal[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); return true; }
  const drawn = document.querySelector("[data-undraw]");
  if (drawn && !(document.activeElement && document.activeElement.closest(".find"))) { drawn.click(); return true; }
  if (document.querySelector(".pick:checked")) { const un = document.querySelector("[data-unpick]"); if (un) un.click(); return true; }
  const at = document.activeElement;
  if (at && at.id === "q") { at.blur(); return true; }
  const link = document.querySelector("[data-back]");
  if (link) link.click();
  return !!link;
};
document.addEventListener("keydown", (e) => {
  if (e.isComposing || e.keyCode === 229 || e.defaultPrevented || e.repeat) return;
  const modal = document.querySelector("dialog[open]");
  const alone = !e.ctrlKey && !e.altKey && !e.metaKey, ctrl = e.ctrlKey && !e.altKey && !e.shiftKey && !e.metaKey;
  let done = false;
  if (ctrl && e.key.toLowerCase() === "s") done = save("save");
  else if (ctrl && e.key === "Enter") done = save("next");
  else if (modal) return;
  else if (ctrl && e.key.toLowerCase() === "k") { document.dispatchEvent(new CustomEvent("hd:say")); done = true; }
  else if (alone && e.key === "F2") done = find();
  else if (alone && e.key === "F4") done = press("F4");
  else if (alone && e.key === "F8") { done = true; if (!press("F8")) print(); }
  else if (alone && e.key === "F9") done = press("F9");
  else if (alone && e.key === "Escape") done = back();
  else if (e.altKey && !e.ctrlKey && e.code === "KeyN") done = press("Alt+N");
  else if (e.altKey && !e.ctrlKey && /^Digit[1-9]$/.test(e.code)) {
    const link = document.querySelectorAll(".nav a:not(.end):not(.below)")[e.code.slice(5) - 1];
    if (link) { link.click(); done = true; }
  } else if (alone && page.dataset.letters !== "off" && !inText(e.target)) {
    if (e.key === "/") done = find();
    const box = /^[1-9]$/.test(e.key) && document.querySelector(`[data-digit="${e.key}"]`);
    if (box) { box.click(); done = true; }
    if (e.key === "?" || e.key === "？") { document.dispatchEvent(new CustomEvent("hd:open", { detail: "keys" })); done = true; }
  }
  if (done) e.preventDefault();
});
