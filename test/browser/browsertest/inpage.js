// What both browsers' drivers ask of a page. Evaluated in the page by the test, never served.
var hudangTest = {
  // shows says whether an element can be seen, with a text in it; not before the page's scripts hear keys.
  shows(at, text) {
    const e = document.readyState === 'complete' && document.querySelector(at);
    return !!e && e.getClientRects().length > 0 && (e.textContent + (e.value || '')).includes(text);
  },

  // overflow names what makes the whole page scroll sideways; a table may scroll inside its own box.
  overflow() {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const scrolls = (e) => e && e !== document.body && e !== document.documentElement &&
      (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
    const name = (e) => e.tagName.toLowerCase() + (e.id && '#' + e.id) + [...e.classList].map((c) => '.' + c).join('');
    const wide = [...document.body.querySelectorAll('*')]
      .filter((e) => e.getBoundingClientRect().right > room + 1 && !scrolls(e.parentElement)).slice(0, 3);
    return [`${location.pathname} scrolls sideways: ${document.documentElement.scrollWidth} > ${room} px: ${wide.map(name).join(', ')}`];
  },

  // axe gives the violations of WCAG 2.2 AA, short; axe-core is already in the page.
  async axe() {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const look = () => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    const found = await look();
    const small = found.violations.find((v) => v.id === 'target-size');
    if (small) { // a fixed bar may cover half of a field here, and not a little further down
      const y = scrollY;
      scrollBy(0, 60);
      const again = (await look()).violations.find((v) => v.id === 'target-size');
      scrollTo(0, y);
      const still = new Set(again ? again.nodes.map((n) => n.target.join(' ')) : []);
      small.nodes = small.nodes.filter((n) => still.has(n.target.join(' ')));
      found.violations = found.violations.filter((v) => v.nodes.length > 0);
    }
    return found.violations.map((v) => ({ id: v.id, impact: v.impact, help: v.help, at: v.nodes.map((n) => n.target.join(' ')) }));
  },
};
