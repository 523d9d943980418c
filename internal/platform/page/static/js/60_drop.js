// Files dragged or pasted go into the form's own field, so that sending them is sending the form.
const zoneAt = (e) => e.target.closest && (e.target.closest("[data-drop]") || (e.target.closest("form") || document).querySelector("[data-drop]"));
const field = (zone) => zone.querySelector("input[type=file]:not([capture])");
const tell = (zone) => {
  const list = zone.querySelector(".picked");
  list.textContent = "";
  for (const input of zone.querySelectorAll("input[type=file]")) for (const f of input.files) {
    const li = document.createElement("li");
    li.textContent = f.name + " · " + (f.size > 1e6 ? (f.size / 1e6).toFixed(1) + " MB" : Math.ceil(f.size / 1e3) + " KB");
    list.append(li);
  }
  const wrong = oversize(zone);
  if (wrong) { const li = document.createElement("li"); li.className = "err"; li.textContent = wrong; list.append(li); }
  return wrong;
};
// What is too large is said before it is sent: a browser shows no answer to a form it was not let send to its end.
const oversize = (zone) => {
  const files = [...zone.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  const large = files.find((f) => f.size > +zone.dataset.each), sum = files.reduce((n, f) => n + f.size, 0);
  if (large) return zone.dataset.large.replace("{0}", large.name);
  return sum > +zone.dataset.all ? zone.dataset.full.replace("{1}", Math.ceil(sum / 1048576)) : "";
};
const take = (zone, files) => {
  const all = new DataTransfer(), input = field(zone);
  for (const f of [...input.files, ...files]) all.items.add(f);
  input.files = all.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.dispatchEvent(new Event("input", { bubbles: true }));
};
const carries = (e) => e.dataTransfer && [...e.dataTransfer.types].includes("Files");
const mark = (zone) => {
  for (const z of document.querySelectorAll("[data-drop].over,tr.drop")) if (z !== zone) z.classList.remove("over", "drop");
  if (zone) zone.classList.add(zone.tagName === "TR" ? "drop" : "over");
};
// A line that takes files has a link to the form for them: they wait until it is there. Files of a form that comes back
// refused wait likewise.
let waiting = null;
document.addEventListener("submit", (e) => {
  const zone = e.target.querySelector && e.target.querySelector("[data-drop]");
  if (!zone || !oversize(zone)) return;
  e.preventDefault();
  e.stopPropagation();
  tell(zone);
  field(zone).focus();
}, true);
const lineAt = (e) => { const tr = e && e.closest && e.closest("tr"); return tr && tr.querySelector("[data-takes]") ? tr : null; };
const hand = (line, files) => { waiting = { files: [...files] }; line.querySelector("[data-files]").click(); };
document.addEventListener("submit", (e) => {
  const zone = e.target.querySelector("[data-drop]");
  if (zone) waiting = { files: [...zone.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]), sent: true };
});
document.addEventListener("htmx:afterSettle", () => {
  const zone = document.querySelector("[data-drop]"), w = waiting;
  waiting = null;
  if (!w || !zone || (w.sent && (!document.querySelector(".summary") || zone.classList.contains("has")))) return; // refused files are not sent again
  take(zone, w.files);
  const save = zone.closest("form").querySelector(".acts .btn.pri");
  if (save && !w.sent) save.focus();
});
document.addEventListener("dragover", (e) => { if (carries(e)) { e.preventDefault(); mark(lineAt(e.target) || zoneAt(e)); } });
document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) mark(null); });
document.addEventListener("drop", (e) => {
  if (!carries(e)) return;
  e.preventDefault(); // a file that misses the field never replaces the page
  const line = lineAt(e.target), zone = zoneAt(e);
  mark(null);
  if (line) hand(line, e.dataTransfer.files);
  else if (zone) take(zone, e.dataTransfer.files);
});
document.addEventListener("paste", (e) => {
  const zone = document.querySelector("[data-paste]"), line = lineAt(document.querySelector(".pick:checked") || e.target);
  if (!(zone || line) || !e.clipboardData || !e.clipboardData.files.length) return;
  e.preventDefault();
  if (zone) take(zone, e.clipboardData.files);
  else hand(line, e.clipboardData.files);
});
document.addEventListener("change", (e) => { const zone = e.target.type === "file" && e.target.closest("[data-drop]"); if (zone) tell(zone); });
document.addEventListener("htmx:xhr:progress", (e) => {
  const bar = e.target.querySelector && e.target.querySelector("[data-drop] progress");
  if (bar && e.detail.lengthComputable) { bar.classList.remove("vh"); bar.value = 100 * e.detail.loaded / e.detail.total; }
});
