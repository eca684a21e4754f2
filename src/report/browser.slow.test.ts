import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BUILT_IN } from '../lab/built-in.ts';
import { factsOf } from '../records/groups.ts';
import { readRecords } from '../records/read.ts';
import { findBrowser } from './browser.ts';
import { setupsOfKinds } from './setups.test.helper.ts';
import { writeSite } from './site/site.tsx';
import { reportPages, writeReport } from './write.ts';

// The published report's records, written anew and opened from disk as a reader does.

const executablePath = findBrowser(process.env);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'browser-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const records = readRecords('reports/published');
// Beside them setups of every kind of world that has pages of its own, whatever the published claims are about.
const ofKinds = { ...records, methods: factsOf(BUILT_IN.methods), elsewhere: await setupsOfKinds() };
const added = reportPages(ofKinds).filter(({ file }) => /^setup-small/.test(file));
const pages = [...reportPages(records), ...added].map(({ file }) => file);
let browser: Browser | undefined;
beforeAll(async () => {
  if (executablePath === undefined) return;
  await writeReport('reports/published', { to: folder });
  for (const { file, html } of added) writeFileSync(join(folder, file), html);
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());
beforeEach(({ skip }) => {
  skip(browser === undefined, 'no Chromium here: apt-get install chromium, or SPILLOVER_BROWSER, to open the report');
});

/** A page of a size and colour scheme, and everything that went wrong or was asked for from outside while it was open. */
async function open(width: number, colorScheme: 'light' | 'dark'): Promise<{ page: Page; faults: string[] }> {
  const context = await (browser as Browser).newContext({
    viewport: { width, height: 900 },
    colorScheme,
    bypassCSP: false,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('file://')) faults.push(`asked for ${request.url()}`);
  });
  return { page, faults };
}
const go = (page: Page, name: string) => page.goto(pathToFileURL(join(folder, name)).href);

/** Claims' pages are alike: axe looks at one of each kind. */
const isOfItsKind = (name: string): boolean =>
  !name.startsWith('claim-') || ['claim-H1.html', 'claim-P1.html'].includes(name);

/** What is seen of a page. Runs in the browser. */
function ofPage() {
  const { color, backgroundColor } = getComputedStyle(document.body);
  return {
    scroll: document.documentElement.scrollWidth - window.innerWidth,
    ink: color,
    paper: backgroundColor,
    text: document.querySelector('main')?.innerText,
  };
}

/** What axe calls serious or critical. */
async function seriousFaults(page: Page): Promise<string[]> {
  // The policy of the pages allows no script: axe is put in by the browser itself, past that. What is inside an image
  // with a name and a description is presentation to whoever cannot see it, and thousands of shapes.
  const source = `(async () => { const module = { exports: {} }; ${AXE}; return module.exports.run({ exclude: ['svg g'] }); })()`;
  const { violations } = (await page.evaluate(source)) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id} at ${nodes[0]?.html.slice(0, 120)}`);
}

/** Opens the table of every figure, and tells its rows and whether the first can be seen. */
async function openTables(page: Page): Promise<{ rows: number; isSeen: boolean }[]> {
  const tables = [];
  for (const figure of await page.locator('figure').all()) {
    await figure.locator('summary').click();
    const rows = figure.locator('tbody tr');
    tables.push({ rows: await rows.count(), isSeen: await rows.first().isVisible() });
  }
  return tables;
}

/** What one page showed. */
interface View extends ReturnType<typeof ofPage> {
  readonly figures: ReturnType<typeof ofFigures>;
  readonly tables: Awaited<ReturnType<typeof openTables>>;
  readonly inaccessible: readonly string[];
  readonly faults: readonly string[];
}

// Every page is opened once a size; the tests look at what was seen.
describe.each([
  { width: 1280, scheme: 'light', kind: 'wide', colours: ['rgb(28, 28, 34)', 'rgb(255, 255, 255)'] },
  { width: 390, scheme: 'dark', kind: 'narrow', colours: ['rgb(236, 236, 241)', 'rgb(23, 23, 28)'] },
] as const)('at $width pixels in $scheme', ({ width, scheme, kind, colours }) => {
  const views = new Map<string, View>();
  beforeAll(async () => {
    if (browser === undefined) return;
    const { page, faults } = await open(width, scheme);
    for (const name of pages) {
      await go(page, name);
      const seen = { ...(await page.evaluate(ofPage)), figures: await page.locator('figure').evaluateAll(ofFigures) };
      const inaccessible = isOfItsKind(name) ? await seriousFaults(page) : [];
      views.set(name, { ...seen, inaccessible, tables: await openTables(page), faults: faults.splice(0) });
    }
    await page.context().close();
  });

  test('every page opens without a fault, a request or a sideways scroll, and can be seen', () => {
    expect([...views.keys()]).toEqual(pages);
    for (const [name, view] of views) {
      expect(view.scroll, name).toBeLessThanOrEqual(0);
      for (const { heights } of view.figures) {
        expect(heights, name).toHaveLength(1);
        expect(heights[0], name).toBeGreaterThan(50);
      }
      expect([view.ink, view.paper], name).toEqual(colours);
      expect(view.faults, name).toEqual([]);
    }
  });

  test('every mark of every figure is in view, no label is cut or lies on another, and letters can be read', () => {
    for (const [name, { figures }] of views) {
      for (const figure of figures) {
        const where = `${name}: ${figure.title}`;
        expect(figure.kind, where).toBe(kind);
        expect(figure.marks, where).toBeGreaterThan(0);
        expect(figure.marks, where).toBe(figure.marksOfTheOther);
        expect(figure.outside, where).toEqual([]);
        expect(figure.collided, where).toEqual([]);
        expect(figure.smallest, where).toBeGreaterThanOrEqual(11);
      }
    }
    expect([...views.values()].flatMap(({ figures }) => figures).length).toBeGreaterThan(25);
  });

  test('tables have the numbers of the records, figures a title and a table of their own', () => {
    const text = views.get('index.html')?.text;
    for (const { id, judgement } of records.claims) {
      expect(text).toContain(id);
      expect(text).toContain(String(Number(judgement.mean.toPrecision(3))));
    }
    for (const [name, { figures, tables }] of views) {
      expect(tables, name).toHaveLength(figures.length);
      for (const { titles } of figures) expect(titles, name).toEqual([1]);
      for (const { rows, isSeen } of tables) {
        expect(rows, name).toBeGreaterThan(0);
        expect(isSeen, name).toBe(true);
      }
    }
  });

  test('axe finds no serious fault of accessibility', () => {
    for (const [name, { inaccessible }] of views) expect(inaccessible, name).toEqual([]);
  });
});

test('links lead on, by keyboard too', async () => {
  const { page } = await open(1280, 'light');
  await go(page, 'index.html');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the content');
  await page.getByRole('link', { name: /^H1 SDFT on/ }).click();
  expect(await page.title()).toBe('H1 (SDFT below RL) - spillover');
  await page.getByRole('link', { name: 'Where claims hold' }).click();
  expect(await page.locator('h1').innerText()).toBe('Where claims hold');
  await page.context().close();
});

test('pages can be printed', async () => {
  const { page } = await open(1280, 'light');
  await go(page, 'index.html');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('nav').isVisible()).toBe(false);
  expect(await page.locator('figure tbody tr').first().isVisible()).toBe(true);
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
  await page.context().close();
});

test('the first screen has the question, the experiment and the answer, before anybody scrolls', async () => {
  const { page } = await open(1280, 'light');
  await go(page, 'index.html');
  const bottomOf = async (selector: string): Promise<number> => {
    const box = await page.locator(selector).first().boundingBox();
    return box === null ? Number.POSITIVE_INFINITY : box.y + box.height;
  };
  for (const selector of ['h1', '#figure-experiment .wide', '#figure-answer .wide', 'h2:has-text("The answer")'])
    expect(await bottomOf(selector), selector).toBeLessThan(900);
  await page.context().close();
  const phone = await open(390, 'light');
  await go(phone.page, 'index.html');
  const drawing = await phone.page.locator('#figure-experiment .narrow').boundingBox();
  expect((drawing?.y ?? Number.POSITIVE_INFINITY) + (drawing?.height ?? 0)).toBeLessThan(900);
  await phone.page.context().close();
});

test('the site of guides opens wide and on a phone, with no fault that axe calls serious', async () => {
  const site = join(folder, 'site');
  await writeSite(process.cwd(), site);
  const guides = readdirSync(site).filter((name) => name.endsWith('.html'));
  expect(guides).toEqual(expect.arrayContaining(['index.html', 'FINDINGS.html', 'experiment.html']));
  for (const [width, scheme] of [
    [1280, 'dark'],
    [390, 'light'],
  ] as const) {
    const { page, faults } = await open(width, scheme);
    for (const name of guides) {
      await go(page, `site/${name}`);
      expect((await page.evaluate(ofPage)).scroll, name).toBeLessThanOrEqual(0);
      expect(await seriousFaults(page), name).toEqual([]);
      expect(faults.splice(0), name).toEqual([]);
    }
    await page.context().close();
  }
});

/** What is seen of figures in a page, before anybody scrolls sideways. Runs in the browser: it uses nothing from outside. */
function ofFigures(figures: readonly (SVGElement | HTMLElement)[]) {
  const shown = (each: Element): boolean => each.getClientRects().length > 0;
  const all = (svg: Element, selector: string): Element[] => Array.from(svg.querySelectorAll(selector));
  const marksOf = (svg: Element): Element[] => all(svg, '.data > *, path.data');
  const titlesIn = (svg: Element): number => all(svg, ':scope > title').length;
  return figures.map((figure) => {
    const images = Array.from(figure.querySelectorAll('svg'));
    const [svg, other] = [images.find(shown), images.find((each) => !shown(each))] as [SVGSVGElement, SVGSVGElement];
    // What hides what overflows it: the image, whatever scrolls around it, and the window.
    let [left, right] = [0, window.innerWidth];
    let [top, bottom] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let box: Element | null = svg; box !== null; box = box.parentElement) {
      if (getComputedStyle(box).overflowX === 'visible') continue;
      const rect = box.getBoundingClientRect();
      [left, right] = [Math.max(left, rect.left), Math.min(right, rect.right)];
      if (box === svg) [top, bottom] = [rect.top, rect.bottom];
    }
    const marks = marksOf(svg);
    const outside = [...marks, ...all(svg, 'text')].filter((each) => {
      const rect = each.getBoundingClientRect();
      return rect.left < left - 1 || rect.right > right + 1 || rect.top < top - 1 || rect.bottom > bottom + 1;
    });
    // The box of a turned label says little of where its letters are.
    const upright = all(svg, 'text').filter((each) => !/rotate/.test(each.getAttribute('transform') ?? ''));
    const boxes = upright.map((each) => ({ said: each.textContent, rect: each.getBoundingClientRect() }));
    const collided = boxes.flatMap(({ said, rect }, i) =>
      boxes
        .slice(0, i)
        .filter(({ rect: other }) => {
          const across = Math.min(rect.right, other.right) - Math.max(rect.left, other.left);
          return across > 2 && Math.min(rect.bottom, other.bottom) - Math.max(rect.top, other.top) > 4;
        })
        .map((other) => `${other.said} | ${said}`),
    );
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const sizes = all(svg, 'text').map((each) => scale * Number.parseFloat(getComputedStyle(each).fontSize));
    return {
      heights: images.filter(shown).map((each) => each.clientHeight),
      titles: images.filter((each) => shown(each) && each.getAttribute('role') === 'img').map(titlesIn),
      title: svg.querySelector('title')?.textContent,
      kind: svg.parentElement?.className,
      marks: marks.length,
      marksOfTheOther: marksOf(other).length,
      outside: outside.map((each) => `${each.tagName} ${each.textContent} ${each.getAttribute('transform') ?? ''}`),
      collided,
      smallest: Math.min(...sizes),
    };
  });
}
