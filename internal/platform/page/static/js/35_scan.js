// A scanner types faster than a person and ends with Enter. Keys are read by their place (event.code), since an input method
// eats letters and widens digits. A work card (0 and nine digits) asks for its PIN wherever it is scanned, and the field
// that had the cursor is as it was. Any other code opens its thing, unless a field has the cursor: then the field wants it.
const field = (el) => el.matches("input:not([type=checkbox]):not([type=radio]),textarea");
let codes = "", last = 0, at = null, was = "";
const tell = (what) => document.dispatchEvent(new CustomEvent(what));
const open = (code) => { location.assign(code[0] === "0" ? "/switch?card=" + code : "/c/" + code); };
document.addEventListener("keydown", (e) => {
  const gap = e.timeStamp - last, key = /^(?:Digit|Numpad)(\d)$/.exec(e.code);
  last = e.timeStamp;
  if (gap > 35 || e.repeat) { codes = ""; at = e.target; was = at.value; tell("hd:typing"); }
  if (key) { codes += key[1]; return; }
  const code = codes;
  if (!/^(Numpad)?Enter$/.test(e.code)) { if (e.key !== "Shift") codes = ""; return; }
  codes = "";
  if (gap > 35 || code.length !== 10) return;
  const inField = field(e.target);
  if (inField && code[0] !== "0") return;
  e.preventDefault();
  e.stopImmediatePropagation();
  if (inField && e.target === at) { at.value = was; tell("hd:scanned"); }
  open(code);
}, true);
