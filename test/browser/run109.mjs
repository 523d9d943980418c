// Drives Chromium 109, the last one for Windows 7 and the engine of many 360 and QQ browsers: half of the browser gate.
// (The other half, the present Chromium, is Go: browsertest.)
//
//   node run109.mjs shot URL WIDTHxHEIGHT FILE.png     a picture
//   node run109.mjs axe  URL [WIDTHxHEIGHT]            accessibility violations (WCAG 2.2 AA)
//   node run109.mjs flow URL [WIDTHxHEIGHT] < steps    a JSON array of steps, as in browsertest.Step
//
// All print one JSON object {keys, clicks, violations, problems}; the status is 1 when a step failed.
import { brotliDecompressSync } from 'node:zlib';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
const patience = 30_000; // ms that a step waits for what it needs
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--single-process', '--no-zygote', '--hide-scrollbars',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'];

// The package holds the program compressed; it is unpacked once, under a name of its own until it is whole.
function program() {
  const file = join(modules, '.chromium-109');
  if (!existsSync(file)) {
    const packed = readFileSync(join(modules, '@sparticuz/chromium/bin/chromium.br'));
    writeFileSync(`${file}.${process.pid}`, brotliDecompressSync(packed), { mode: 0o755 });
    renameSync(`${file}.${process.pid}`, file);
  }
  return file;
}

const inPage = readFileSync(join(modules, '../browsertest/inpage.js'), 'utf8');
const axe = () => readFileSync(join(modules, 'axe-core/axe.min.js'), 'utf8');
const modifiers = { Ctrl: 'Control', Alt: 'Alt', Shift: 'Shift' };

class Tab {
  result = { keys: 0, clicks: 0, violations: [], problems: [] };

  constructor(page, base) {
    this.page = page;
    this.base = new URL(base);
    const problem = (text) => this.result.problems.push(text);
    page.on('pageerror', (e) => problem(`script: ${e.message}`));
    page.on('console', (m) => { // what did not load is judged by its response, below
      if (m.type() === 'error' && !m.text().startsWith('Failed to load resource') && !m.text().startsWith('Response Status Error Code 4')) problem(`console: ${m.text()}`);
    });
    page.on('request', (r) => {
      const url = new URL(r.url());
      if (/^(http|ws)/.test(url.protocol) && url.host !== this.base.host) problem(`request to another host: ${url}`);
    });
    const parts = ['stylesheet', 'script', 'image', 'font', 'media', 'manifest'];
    page.on('response', (r) => {
      if (r.status() >= 500 || r.status() >= 400 && parts.includes(r.request().resourceType())) problem(`${r.status()}: ${r.url()}`);
    });
  }

  // ask runs one of inpage.js's functions; a page being replaced has none for a moment.
  async ask(name, ...args) {
    return this.page.evaluate(`${inPage}; hudangTest.${name}(${args.map((a) => JSON.stringify(a)).join(', ')})`);
  }

  async until(what, ask) {
    const end = Date.now() + patience;
    for (;;) {
      if (await ask().catch(() => false)) return;
      if (Date.now() > end) throw new Error(`did not happen: ${what}`);
      await new Promise((go) => setTimeout(go, 50));
    }
  }

  shown = (at, text = '') => this.until(`${at} shown ${text && `with "${text}"`}`, () => this.ask('shows', at, text));

  async press(chord) {
    const keys = chord.split('+');
    const last = keys.pop();
    for (const k of keys) await this.page.keyboard.down(modifiers[k]);
    await this.page.keyboard.press(last);
    for (const k of keys.reverse()) await this.page.keyboard.up(modifiers[k]);
    this.result.keys++;
  }

  async step(s) {
    switch (s.do) {
      case 'goto': return this.page.goto(new URL(s.url || '', this.base).href, { waitUntil: 'load' });
      case 'type':
        if (s.at) { await this.shown(s.at); await this.page.focus(s.at); }
        return this.page.keyboard.type(s.text);
      case 'press': return this.press(s.key);
      case 'click': await this.shown(s.at); this.result.clicks++; return this.page.click(s.at);
      case 'choose': {
        this.result.clicks++;
        const field = await this.page.waitForSelector(s.at, { timeout: patience }); // not shown: what a person sees is its label
        return field.uploadFile(s.file);
      }
      case 'wait': return this.shown(s.at, s.text);
      case 'script': return this.page.evaluate(`(async () => { ${s.text} })()`);
      case 'count': this.result.keys = this.result.clicks = 0; return;
      case 'shot': return this.shot(s.file);
      case 'overflow': return this.result.problems.push(...await this.ask('overflow'));
      case 'axe':
        await this.page.evaluate(axe());
        return this.result.violations.push(...await this.ask('axe'));
      default: throw new Error(`no step is called ${s.do}`);
    }
  }

  async shot(file) {
    mkdirSync(dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }
}

async function run(base, size, steps) {
  const browser = await puppeteer.launch({ executablePath: program(), headless: true, args: flags, ignoreDefaultArgs: ['--headless'] });
  try {
    const page = await browser.newPage();
    const [width, height] = size.split('x').map(Number);
    await page.setViewport({ width, height, isMobile: width < 600, hasTouch: width < 600 });
    const tab = new Tab(page, base);
    for (const [i, s] of steps.entries()) {
      try {
        await tab.step(s);
      } catch (e) {
        tab.result.problems.push(`step ${i + 1} (${s.do} ${s.at || s.key || s.url || ''}): ${e.message}`);
        tab.result.failed = true;
        break;
      }
    }
    const trace = process.env.HUDANG_TRACE; // where a picture and the page go when something was wrong
    if (trace && (tab.result.problems.length || tab.result.violations.length)) {
      await tab.shot(`${trace}.png`);
      writeFileSync(`${trace}.html`, await page.content());
    }
    return tab.result;
  } finally {
    await browser.close();
  }
}

const [what, url, third, fourth] = process.argv.slice(2);
const stepsOf = {
  shot: () => [{ do: 'goto', url }, { do: 'shot', file: fourth }],
  axe: () => [{ do: 'goto', url }, { do: 'axe' }],
  flow: () => JSON.parse(readFileSync(0, 'utf8')),
}[what];
if (!stepsOf || !url || (what === 'shot' && !fourth)) {
  console.error('usage: run109.mjs shot URL WxH FILE | axe URL [WxH] | flow URL [WxH] < steps.json');
  process.exit(2);
}
const result = await run(url, third || '1366x600', stepsOf());
console.log(JSON.stringify(result));
process.exitCode = result.failed ? 1 : 0;
