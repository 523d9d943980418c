// Dialogs and menus. A dialog also opens without script by its address (#keys), so links are the openers.
const opener = new WeakMap();
const open = (dialog, from) => {
  if (!dialog || dialog.open) return;
  opener.set(dialog, from || document.activeElement);
  if (location.hash === "#" + dialog.id) history.replaceState(history.state, "", location.pathname + location.search);
  dialog.showModal();
  const first = dialog.querySelector("[autofocus],.body input:not([type=hidden]),.body a,.body button:not(.note *),footer button");
  if (first) first.focus();
};
document.addEventListener("click", (e) => {
  const link = e.target.closest("a[href^='#']");
  const target = link && link.hash.length > 1 && document.getElementById(link.hash.slice(1));
  if (target && target.tagName === "DIALOG") { e.preventDefault(); open(target, link); return; }
  const close = e.target.closest("[data-close]");
  if (close) {
    const dialog = close.closest("dialog");
    if (dialog) { e.preventDefault(); dialog.close(); }
  }
  if (e.target.tagName === "DIALOG") {
    const box = e.target.getBoundingClientRect();
    if (e.clientX < box.left || e.clientX > box.right || e.clientY < box.top || e.clientY > box.bottom) e.target.close();
  }
  for (const menu of document.querySelectorAll("details.menu[open],details.reveal[open]")) {
    if (!menu.contains(e.target)) menu.open = false;
  }
});
document.addEventListener("close", (e) => { const from = opener.get(e.target); if (from && from.isConnected) from.focus(); }, true);
// A dialog whose form came back stands open in the page; with script it becomes a modal one.
const reopen = () => {
  for (const dialog of document.querySelectorAll("dialog[data-auto]")) { dialog.removeAttribute("data-auto"); dialog.open = false; open(dialog); }
};
document.addEventListener("htmx:afterSettle", reopen);
reopen();
document.addEventListener("hd:open", (e) => open(document.getElementById(e.detail)));
