// The grid of an import's problem rows: fields in a table that one walks and fills as in a spreadsheet. Without this it is a form.
const cellsOf = (row) => [...row.querySelectorAll("td>input,td>select")];
const linesOf = (table) => [...table.tBodies[0].rows].map(cellsOf);
const placeOf = (el) => { const lines = linesOf(el.closest("[data-grid]")), y = lines.findIndex((l) => l.includes(el)); return { lines, y, x: lines[y].indexOf(el) }; };
const undone = [];
let typedFrom = null, editing = null;
// One step of undo is a list of fields with what stood in them.
const put = (changes) => {
  undone.push(changes.map(([el]) => [el, el.value]));
  for (const [el, value] of changes) { el.value = value; el.dispatchEvent(new Event("input", { bubbles: true })); }
};
const takes = (el, value) => el.tagName !== "SELECT" || [...el.options].some((o) => o.value === value);
const step = (el, dy, dx) => {
  const { lines, y, x } = placeOf(el), to = lines[y + dy] && lines[y + dy][x + dx];
  if (to) { to.focus(); if (to.select) to.select(); to.scrollIntoView({ block: "nearest", inline: "nearest" }); }
};
document.addEventListener("focusin", (e) => {
  editing = null;
  typedFrom = e.target.matches("[data-grid] input,[data-grid] select") ? [e.target, e.target.value] : null;
});
document.addEventListener("change", (e) => {
  if (typedFrom && typedFrom[0] === e.target && typedFrom[1] !== e.target.value) { undone.push([typedFrom]); typedFrom = [e.target, e.target.value]; }
});
document.addEventListener("keydown", (e) => {
  const el = e.target;
  if (!el.matches("[data-grid] input,[data-grid] select") || e.isComposing || e.altKey) return;
  const plain = !e.ctrlKey && !e.metaKey, text = el.tagName === "INPUT";
  const ends = text && !editing && (el.selectionStart !== el.selectionEnd || el.value === "");
  if (e.ctrlKey && e.key.toLowerCase() === "d") {
    const { lines, y, x } = placeOf(el), above = lines[y - 1] && lines[y - 1][x];
    e.preventDefault();
    if (above && takes(el, above.value)) put([[el, above.value]]);
  } else if (e.ctrlKey && e.key.toLowerCase() === "z" && !(typedFrom && typedFrom[0] === el && typedFrom[1] !== el.value)) {
    const last = undone.pop();
    e.preventDefault();
    if (last) { for (const [was, value] of last) { was.value = value; was.dispatchEvent(new Event("input", { bubbles: true })); } last[0][0].focus(); typedFrom = [last[0][0], last[0][0].value]; }
  } else if (plain && e.key === "F2" && text) { e.preventDefault(); e.stopImmediatePropagation(); editing = el; el.setSelectionRange(el.value.length, el.value.length); }
  else if (plain && e.key === "Escape" && editing === el) { e.preventDefault(); e.stopImmediatePropagation(); editing = null; el.select(); }
  else if (plain && text && e.key === "ArrowDown" && !el.list) { e.preventDefault(); step(el, 1, 0); }
  else if (plain && text && e.key === "ArrowUp" && !el.list) { e.preventDefault(); step(el, -1, 0); }
  else if (plain && e.key === "Enter") { e.preventDefault(); step(el, e.shiftKey ? -1 : 1, 0); }
  else if (ends && plain && e.key === "ArrowLeft") { e.preventDefault(); step(el, 0, -1); }
  else if (ends && plain && e.key === "ArrowRight") { e.preventDefault(); step(el, 0, 1); }
}, true);
// A block copied in a spreadsheet fills the cells from here to the right and down.
document.addEventListener("paste", (e) => {
  const el = e.target.closest && e.target.closest("[data-grid] input");
  const text = el && e.clipboardData.getData("text/plain");
  if (!text || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
  e.preventDefault();
  const { lines, y, x } = placeOf(el), changes = [];
  text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, dy) => line.split("\t").forEach((value, dx) => {
    const to = lines[y + dy] && lines[y + dy][x + dx];
    if (to && takes(to, value)) changes.push([to, value]);
  }));
  if (changes.length) put(changes);
});
// What was not changed is not sent: a colleague may have changed it meanwhile.
document.addEventListener("formdata", (e) => { for (const el of e.target.elements) if (el.value === el.dataset.was) e.formData.delete(el.name); });
