// Drives rota.html in a headless browser: node page.mjs ROTA_FOLDER [BIG_PAGE]. Needs puppeteer-core and Chromium
// (CHROMIUM names it). Fails at the first thing that is not as it should be.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [folder, big] = process.argv.slice(2);
const table = (name) => {
  // No cell of these files has a comma or a quotation mark inside.
  const [head, ...rows] = readFileSync(`${folder}/${name}`, 'utf8').replace(/^\uFEFF/, '').trim().split('\r\n').map((l) => l.split(','));
  return rows.map((r) => Object.fromEntries(r.map((v, i) => [head[i], v])));
};
const hours = table('hours.csv'), rota = table('rota.csv'), handover = table('handover.csv');
const days = [...new Set(rota.map((r) => r.date))];
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

async function open(file, viewport, scheme) {
  const page = await browser.newPage();
  const said = [];
  page.on('console', (m) => said.push(m.text()));
  page.on('pageerror', (e) => said.push(e.message));
  page.on('request', (r) => { if (!/^(file|data):/.test(r.url())) said.push(`asks for ${r.url()}`); });
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(pathToFileURL(resolve(file)).href);
  return { page, said };
}
const rows = (page) => page.$$eval('#rota tbody tr', (list) => list.map((r) => r.querySelector('button').title));
const facts = (page, view) => page.$$eval(`#view-${view} .facts b`, (list) => list.map((b) => b.textContent));
const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

for (const [width, height, scheme] of [[390, 844, 'light'], [1366, 768, 'dark'], [1920, 1080, 'light']]) {
  const { page, said } = await open(`${folder}/rota.html`, { width, height, isMobile: width < 500, hasTouch: width < 500 }, scheme);
  assert.equal((await rows(page)).length, hours.length);
  assert.equal(await page.$$eval('#rota thead th', (t) => t.length), days.length + 4);

  // Search by id, by name, by team, by shift; nothing found is said.
  await page.type('#search', hours[3].id);
  assert.equal((await rows(page)).length, 1);
  await page.keyboard.press('Escape');
  assert.equal((await rows(page)).length, hours.length);
  await page.type('#search', 'nobody of that name');
  assert.equal((await rows(page)).length, 0);
  assert.notEqual(await page.$eval('#count', (c) => c.textContent), '');
  await page.$eval('#search', (s) => { s.value = ''; s.dispatchEvent(new Event('input')); });
  const team = hours[0].team;
  await page.select('#team', team);
  assert.equal((await rows(page)).length, hours.filter((h) => h.team === team).length);
  await page.select('#team', '');
  const late = rota.find((r) => r.band === 'late').shift;
  const at = await page.$$eval('#shift option', (list, code) => list.find((o) => o.textContent.startsWith(`${code} `)).value, late);
  await page.select('#shift', at);
  assert.equal((await rows(page)).length, new Set(rota.filter((r) => r.shift === late).map((r) => r.id)).size);
  await page.select('#shift', '');

  // A person at a click: the figures are those of hours.csv.
  await page.click('#rota tbody tr:nth-child(3) th button');
  const h = hours[2];
  const shown = await facts(page, 'person');
  assert.deepEqual(shown.slice(0, 6), [h.days_worked, h.rest_days, h.leave_days, h.paid_hours, h.overtime_hours, h.headroom_hours]);
  assert.equal(await page.$$eval('.month button', (b) => b.length), days.length);
  assert.equal(new URL(page.url()).hash, `#person/${h.id}`);

  // A day of that month: its handovers are those of handover.csv; the arrow keys go on.
  await page.click('.month button[data-d="4"]');
  const of = (d) => handover.filter((x) => x.date === days[d]).length;
  assert.equal(await page.$$eval('#handovers tbody tr', (r) => r.length), of(4));
  assert.ok(await page.$$eval('#view-day svg', (s) => s.length) >= 1, 'curves are drawn');
  await page.focus('#after');
  await page.keyboard.press('ArrowRight');
  assert.equal(new URL(page.url()).hash, `#day/${days[5]}`);
  assert.equal(await page.$$eval('#handovers tbody tr', (r) => r.length), of(5));
  await page.goBack();
  assert.equal(new URL(page.url()).hash, `#day/${days[4]}`);

  // The other views by the keyboard alone.
  await page.focus('#tab-day');
  for (const tab of ['person', 'month', 'limits']) {
    await page.keyboard.press('ArrowRight');
    assert.ok(await page.$eval(`#view-${tab}`, (v) => !v.hidden), tab);
    if (tab === 'month') assert.ok(await page.$$eval('#view-month svg', (s) => s.length) >= 6, 'charts are drawn');
    assert.equal(await wide(page), false, `${tab} is no wider than ${width}`);
  }
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search');

  // No word of a cell is cut, in both languages; leave has a mark, and its word in the legend and for who hears the page.
  const cut = () => page.$$eval('#rota td[data-p]', (list) => list.filter((c) => c.scrollWidth > c.clientWidth + 1).map((c) => c.textContent).slice(0, 5));
  await page.click('#tab-rota');
  for (let i = 0; i < 2; i += 1) {
    assert.deepEqual(await cut(), [], `cells at ${width}`);
    const leave = await page.$$eval('#rota td.c-leave', (list) => list.map((c) => [c.children[0].textContent, c.children[1].textContent, c.title]));
    const legend = await page.$$eval('.legend b.c-leave', (list) => list.map((b) => [b.textContent, b.parentElement.textContent.slice(b.textContent.length)]));
    assert.ok(leave.length > 0 && legend.length > 0);
    for (const [mark, word, title] of leave) {
      assert.ok(mark.length <= 2 && word.length > mark.length && title === word);
      assert.ok(legend.some((l) => l[0] === mark && l[1] === word), `${mark} ${word}`);
    }
    await page.click('#language');
  }

  // Both languages, all themes.
  const before = await page.$eval('#tab-rota', (t) => t.textContent);
  await page.click('#language');
  assert.notEqual(await page.$eval('#tab-rota', (t) => t.textContent), before);
  for (let i = 0; i < 3; i += 1) await page.click('#theme');
  assert.deepEqual(said, []);
  await page.close();
}

if (big) {
  assert.ok(statSync(big).size < 5 * 1024 * 1024, `${statSync(big).size} bytes`);
  const start = Date.now();
  const { page, said } = await open(big, { width: 1366, height: 768 }, 'light');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const took = Date.now() - start;
  console.log(`${(await rows(page)).length} people: ${statSync(big).size} bytes, shown after ${took} ms`);
  assert.deepEqual(said, []);
}
await browser.close();
console.log('the page works at three widths');
