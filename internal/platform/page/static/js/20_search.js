// hd:search comes 200 ms after real input or the end of a composition, never while an input method is composing.
const timers = new WeakMap(), last = new WeakMap();
const later = (box) => {
  clearTimeout(timers.get(box));
  timers.set(box, setTimeout(() => {
    if (last.get(box) === box.value) return;
    last.set(box, box.value);
    box.dispatchEvent(new CustomEvent("hd:search", { bubbles: true }));
  }, 200));
};
const wanted = (e) => e.target.matches && e.target.matches("input[data-search]");
document.addEventListener("focusin", (e) => { if (wanted(e) && !last.has(e.target)) last.set(e.target, e.target.value); });
document.addEventListener("input", (e) => { if (wanted(e) && !e.isComposing) later(e.target); });
document.addEventListener("compositionend", (e) => { if (wanted(e)) later(e.target); });

// Empty filters stay out of the address.
document.addEventListener("htmx:configRequest", (e) => {
  if (e.detail.verb === "get" && e.target.matches("form.filters")) for (const [name, value] of [...e.detail.formData]) if (value === "") e.detail.formData.delete(name);
});

// The results under the search box: arrows walk them, Enter opens, Esc goes back to the box.
document.addEventListener("keydown", (e) => {
  const find = e.target.closest && e.target.closest(".find");
  if (!find || e.isComposing || e.keyCode === 229) return;
  const box = find.querySelector("input[data-search]"), found = find.querySelector(".found");
  const rows = [...found.querySelectorAll("a")], at = rows.indexOf(document.activeElement);
  const first = e.key === "Enter" && e.target === box && found.querySelector("[data-for]");
  if (first && first.dataset.for === box.value.trim()) { e.preventDefault(); first.click(); }
  if (e.key === "ArrowDown" && rows.length) { e.preventDefault(); rows[Math.min(at + 1, rows.length - 1)].focus(); }
  if (e.key === "ArrowUp" && at >= 0) { e.preventDefault(); (rows[at - 1] || box).focus(); }
  if (e.key === "Escape" && found.childElementCount) { e.preventDefault(); e.stopPropagation(); found.replaceChildren(); box.focus(); }
}, true);
// Ctrl+K: the same box, for pages and acts by name.
document.addEventListener("hd:say", () => {
  const box = document.getElementById("q");
  if (!box) return;
  box.focus();
  if (box.value[0] !== ">") box.value = ">";
  last.delete(box);
  later(box);
});
document.addEventListener("click", (e) => { if (!e.target.closest(".find")) { const found = document.getElementById("found"); if (found) found.replaceChildren(); } });
