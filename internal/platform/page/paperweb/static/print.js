// The preview's buttons; without script Ctrl+P and the browser's back do the same.
const print_ = document.querySelector("[data-print]");
const back = document.querySelector("[data-back]");
print_.hidden = back.hidden = false;
print_.addEventListener("click", () => window.print());
back.addEventListener("click", () => history.back());
document.addEventListener("keydown", (e) => {
  if (e.key === "F8") {
    e.preventDefault();
    window.print();
  } else if (e.key === "Escape") {
    history.back();
  }
});
