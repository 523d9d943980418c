// Lists: arrows walk the rows, Enter opens, Space ticks, Ctrl+A ticks the page, Tab leads from a row to the acts on what is ticked, Esc unticks.
const rowsOf = (table) => [...table.tBodies].flatMap((b) => [...b.rows]).filter((r) => !r.classList.contains("grp"));
const typing = (el) => el.matches("input:not([type=checkbox]),select,textarea,[contenteditable]");
const count = () => {
  for (const bar of document.querySelectorAll(".batch")) {
    const list = bar.closest(".list"), picks = [...list.querySelectorAll(".rows .pick")], n = picks.filter((p) => p.checked).length;
    const { all } = bar.elements, label = bar.querySelector("[data-picked]"), page = list.querySelector("[data-pick-all]");
    label.textContent = label.dataset.picked.replace("{0}", all && all.checked ? all.dataset.total : list.querySelectorAll(".pick:checked").length);
    if (page) { page.closest("label").hidden = false; page.checked = n > 0 && n === picks.length; page.indeterminate = n > 0 && n < picks.length; }
  }
};
// Ticks stay while pages of the same rows are turned: the boxes of other pages are hidden in the bar.
const kept = "hd:ticked", rowsAsked = (bar) => bar.elements.list.value + "?" + bar.elements.query.value;
const picksOf = (bar) => [...bar.closest(".list").querySelectorAll(".pick")];
const keep = () => {
  for (const bar of document.querySelectorAll(".batch")) sessionStorage.setItem(kept, JSON.stringify([rowsAsked(bar), ...picksOf(bar).filter((p) => p.checked).map((p) => p.value)]));
  count();
};
const restore = () => {
  const [asked, ...ids] = JSON.parse(sessionStorage.getItem(kept) || "[]");
  for (const bar of document.querySelectorAll(".batch")) {
    const boxes = new Map(picksOf(bar).map((p) => [p.value, p]));
    for (const value of asked === rowsAsked(bar) ? ids : []) {
      if (!boxes.has(value)) bar.append(Object.assign(document.createElement("input"), { type: "checkbox", className: "pick", name: "id", value, checked: true, hidden: true }));
      else boxes.get(value).checked = true;
    }
  }
  count();
};
document.addEventListener("change", (e) => {
  const list = e.target.closest(".list");
  if (e.target.matches("[data-pick-all]")) for (const p of list.querySelectorAll(".rows .pick")) p.checked = e.target.checked;
  if (e.target.matches("[data-pick-all],.pick")) { const { all } = list.querySelector(".batch").elements; if (all && !e.target.checked) all.checked = false; keep(); }
  if (e.target.matches(".batch [name=all]")) count();
});
document.addEventListener("click", (e) => {
  if (e.target.closest("[data-unpick]")) { for (const p of document.querySelectorAll(".pick")) p.checked = false; keep(); }
});
document.addEventListener("submit", (e) => { if (e.target.matches(".batch")) sessionStorage.removeItem(kept); });
// Alt+→ shows a row in the drawer at the right; walking on shows the next.
const drawer = () => document.querySelector(".drawer");
const drawn = () => { const box = drawer(); return box && box.childElementCount ? box : null; };
let drawing = 0;
const draw = (row, wait) => {
  const box = drawer();
  clearTimeout(drawing);
  if (!box || !row || !row.dataset.id) return;
  drawing = setTimeout(() => {
    const query = new URLSearchParams(location.search);
    query.set("id", row.dataset.id);
    for (const r of document.querySelectorAll("tr.on")) r.classList.remove("on");
    row.classList.add("on");
    htmx.ajax("GET", box.dataset.preview + "?" + query, { source: box, target: box });
  }, wait);
};
const undraw = () => {
  const box = drawn(), row = document.querySelector("tr.on");
  clearTimeout(drawing);
  if (!box) return;
  box.replaceChildren();
  if (row) { row.classList.remove("on"); go(row); }
};
document.addEventListener("click", (e) => { if (e.target.closest("[data-undraw]")) undraw(); });
document.addEventListener("htmx:afterSwap", (e) => { if (e.target.matches(".rows")) undraw(); });
const go = (row) => { if (row) { row.tabIndex = -1; row.focus(); row.scrollIntoView({ block: "nearest" }); if (drawn() && !row.classList.contains("on")) draw(row, 120); } };
document.addEventListener("keydown", (e) => {
  const at = e.target;
  if (e.altKey && e.key === "ArrowRight" && !e.ctrlKey && !e.shiftKey && !at.matches("input,select,textarea") && drawer()) {
    const table = document.querySelector("table[data-keys]"), row = at.closest("tbody tr[data-id]") || (table && rowsOf(table)[0]);
    if (row) { e.preventDefault(); go(row); draw(row, 0); }
  }
  if (e.isComposing || e.defaultPrevented || e.altKey || document.querySelector("dialog[open]")) return;
  const inside = at.closest("table[data-keys] tbody tr"), table = inside ? inside.closest("table") : document.querySelector("table[data-keys]");
  if (!table || (!inside && at !== document.body && at.id !== "main") || typing(at)) return;
  const rows = rowsOf(table), i = rows.indexOf(inside);
  const pick = inside && inside.querySelector(".pick");
  if (e.key === "ArrowDown") { e.preventDefault(); go(rows[Math.min(i + 1, rows.length - 1)]); }
  else if (e.key === "ArrowUp" && i >= 0) { e.preventDefault(); go(rows[Math.max(i - 1, 0)]); }
  else if (e.key === "Home" && i >= 0) { e.preventDefault(); go(rows[0]); }
  else if (e.key === "End" && i >= 0) { e.preventDefault(); go(rows[rows.length - 1]); }
  else if (e.key === "Enter" && inside && at === inside) { const link = inside.querySelector("th a,td a"); if (link) { e.preventDefault(); link.click(); } }
  else if (e.key === " " && inside && at === inside && pick) { e.preventDefault(); pick.click(); }
  else if (e.key === "a" && e.ctrlKey && inside) { e.preventDefault(); for (const p of table.querySelectorAll(".pick")) p.checked = true; keep(); }
  else if (e.key === "Tab" && !e.shiftKey && at === inside && document.querySelector(".pick:checked")) { e.preventDefault(); document.querySelector(".batch label input,.batch button").focus(); }
});
document.addEventListener("htmx:afterSettle", restore);
restore();
// Leaving a filter asks for the rows again. A menu of the tool bar that was opened meanwhile stays open, when it is the same.
const asks = (el) => { const query = el.querySelector("input[name=query]"); return query && query.value; };
document.addEventListener("htmx:oobBeforeSwap", (e) => {
  const { target, fragment } = e.detail;
  if (target.querySelector("details[open]") && asks(target) === asks(fragment)) e.detail.shouldSwap = false;
});
