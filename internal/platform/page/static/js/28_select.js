// A select of more than seven options becomes a field one types into: by name, pinyin or initials, whose spelling the server put
// beside each option. The select stays, unseen: it is what is posted and what says that it changed.
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
// spells says whether typed letters begin one syllable after the other, each by as much of it as was typed: zs, zhangs, zhangsan.
const spells = (syllables, i, text) => !text || i < syllables.length && syllables[i].some((s) => {
  for (let n = Math.min(s.length, text.length); n; n--) if (s.startsWith(text.slice(0, n)) && spells(syllables, i + 1, text.slice(n))) return true;
  return false;
});
// rank is how well an option fits what was typed, 0 best, 9 not at all.
const rank = (o, text) => {
  const at = o.name.indexOf(text);
  if (at === 0) return 0;
  if (spells(o.spelt, 0, text)) return 1;
  if (at > 0) return 2;
  return o.spelt.some((_, i) => spells(o.spelt, i, text)) ? 3 : 9;
};
let shownAt = null, made = 0;

const ahead = (select) => {
  if (select.disabled || select.hidden) return;
  const input = document.createElement("input"), list = document.createElement("ul"), id = "ahead" + ++made;
  const all = [...select.options].map((own) => ({ own, name: fold(own.text), spelt: own.dataset.py ? own.dataset.py.split(" ").map((s) => s.split(",")) : [] }));
  let rows = [], active = -1, moved = false;
  for (const a of select.attributes) if (a.name === "id" || a.name.startsWith("aria-")) input.setAttribute(a.name, a.value);
  const set = (attributes) => { for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value); };
  set({ type: "text", class: select.className + " ah", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocomplete: "off", spellcheck: "false" });
  list.id = id;
  list.className = "picks";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label") || (input.labels && input.labels[0] ? input.labels[0].textContent.trim() : ""));
  const had = document.activeElement === select;
  select.removeAttribute("id");
  select.hidden = true;
  select.before(input);
  select.after(list);

  const restore = () => { input.value = select.selectedOptions[0] ? select.selectedOptions[0].text : ""; };
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    moved = false;
    if (shownAt === place) shownAt = null;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (i) => {
    if (rows[active]) list.children[active].setAttribute("aria-selected", "false");
    active = i;
    if (!rows[i]) { input.removeAttribute("aria-activedescendant"); return; }
    list.children[i].setAttribute("aria-selected", "true");
    list.children[i].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", id + "-" + i);
  };
  // The list stands over everything, so that no table that scrolls cuts it off: below the field, or above where there is more room.
  const place = () => {
    const at = input.getBoundingClientRect(), below = innerHeight - at.bottom - 8, above = at.top - 8;
    const up = below < 180 && above > below;
    list.style.minWidth = at.width + "px";
    list.style.maxHeight = Math.min(320, up ? above : below) + "px";
    list.style.left = Math.max(4, Math.min(at.left, innerWidth - list.offsetWidth - 4)) + "px";
    list.style.top = (up ? at.top - list.offsetHeight - 2 : at.bottom + 2) + "px";
  };
  const show = (text) => {
    rows = text ? all.map((o) => [rank(o, text), o]).filter(([r]) => r < 9).sort((a, b) => a[0] - b[0]).map(([, o]) => o) : all;
    list.replaceChildren(...(rows.length ? rows : [null]).map((o, i) => {
      const row = document.createElement("li");
      row.textContent = o ? o.own.text : select.dataset.ahead;
      row.id = id + "-" + i;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      if (!o) row.setAttribute("aria-disabled", "true");
      return row;
    }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    shownAt = place;
    place();
    active = -1;
    mark(text ? 0 : rows.findIndex((o) => o.own.selected));
  };
  const take = () => {
    const row = rows[active], was = select.value;
    if (row) select.value = row.own.value;
    restore();
    close();
    if (select.value !== was) for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
  };
  const typed = () => { moved = true; show(fold(input.value)); };
  // What is typed here is no value yet: only the select tells of a change.
  input.addEventListener("input", (e) => { e.stopPropagation(); if (!e.isComposing) typed(); });
  input.addEventListener("compositionend", typed);
  input.addEventListener("change", (e) => e.stopPropagation());
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => { if (list.hidden) { input.select(); show(""); } });
  input.addEventListener("blur", () => { if (moved) take(); else { restore(); close(); } });
  input.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key], open = !list.hidden;
    if (e.ctrlKey) { if (moved && /^(s|Enter)$/i.test(e.key)) take(); return; }
    if (step && (open || !e.shiftKey)) {
      e.preventDefault();
      if (!open) show("");
      else if (rows.length) { moved = true; mark(Math.max(0, Math.min(rows.length - 1, active + step))); }
    } else if (open && e.key === "Enter") { e.preventDefault(); if (rows.length) take(); }
    else if (open && e.key === "Escape") { e.preventDefault(); e.stopPropagation(); restore(); close(); input.select(); }
  });
  list.addEventListener("mousedown", (e) => e.preventDefault());
  list.addEventListener("click", (e) => {
    const i = [...list.children].indexOf(e.target);
    e.preventDefault();
    if (rows[i]) { active = i; take(); }
  });
  select.addEventListener("change", restore);
  if (select.form) select.form.addEventListener("reset", () => setTimeout(restore));
  restore();
  if (had || select.autofocus) input.focus();
};
const dress = () => { for (const select of document.querySelectorAll("select[data-ahead]:not([hidden])")) ahead(select); };
dress();
document.addEventListener("htmx:afterSettle", dress);
for (const name of ["scroll", "resize"]) addEventListener(name, (e) => { if (shownAt && !(e.target.matches && e.target.matches(".picks"))) shownAt(); }, true);
