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
};
const take = (zone, files) => {
  const all = new DataTransfer(), input = field(zone);
  for (const f of [...input.files, ...files]) all.items.add(f);
  input.files = all.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.dispatchEvent(new Event("input", { bubbles: true }));
};
const carries = (e) => e.dataTransfer && [...e.dataTransfer.types].includes("Files");
const mark = (zone) => { for (const z of document.querySelectorAll("[data-drop].over")) if (z !== zone) z.classList.remove("over"); if (zone) zone.classList.add("over"); };
document.addEventListener("dragover", (e) => { if (carries(e)) { e.preventDefault(); mark(zoneAt(e)); } });
document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) mark(null); });
document.addEventListener("drop", (e) => {
  if (!carries(e)) return;
  e.preventDefault(); // a file that misses the field never replaces the page
  const zone = zoneAt(e);
  mark(null);
  if (zone) take(zone, e.dataTransfer.files);
});
document.addEventListener("paste", (e) => {
  const zone = document.querySelector("[data-paste]");
  if (zone && e.clipboardData && e.clipboardData.files.length) { e.preventDefault(); take(zone, e.clipboardData.files); }
});
document.addEventListener("change", (e) => { const zone = e.target.type === "file" && e.target.closest("[data-drop]"); if (zone) tell(zone); });
document.addEventListener("htmx:xhr:progress", (e) => {
  const bar = e.target.querySelector && e.target.querySelector("[data-drop] progress");
  if (bar && e.detail.lengthComputable) { bar.classList.remove("vh"); bar.value = 100 * e.detail.loaded / e.detail.total; }
});
