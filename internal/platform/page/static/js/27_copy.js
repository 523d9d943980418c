// A button copies what stands in a field. On plain http browsers have no clipboard of their own for pages; selecting and the old
// command work everywhere.
document.addEventListener("click", (e) => {
  const button = e.target.closest("[data-copy]"), field = button && document.getElementById(button.dataset.copy);
  if (!field) return;
  field.focus();
  field.select();
  if (document.execCommand("copy")) button.textContent = button.dataset.copied;
});
