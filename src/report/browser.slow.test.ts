import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readRecords } from '../records/read.ts';
import { findBrowser } from './browser.ts';
import { reportPages, writeReport } from './write.ts';

// The published report's records, written anew and opened from disk as a reader does.

const executablePath = findBrowser(process.env);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'browser-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const records = readRecords('reports/published');
const pages = reportPages(records).map(({ file }) => file);
let browser: Browser | undefined;
beforeAll(async () => {
  if (executablePath === undefined) return;
  await writeReport('reports/published', { to: folder });
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());
beforeEach(({ skip }) => {
  skip(browser === undefined, 'no Chromium here: apt-get install chromium, or SPILLOVER_BROWSER, to open the report');
});

describe('in Chromium', () => {
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

  test.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)('every page opens at %i pixels in %s without a fault, a request or a sideways scroll, and can be seen', async (width, scheme) => {
    const { page, faults } = await open(width, scheme);
    for (const name of pages) {
      await go(page, name);
      const { scroll, ink, paper } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth - window.innerWidth,
        ink: getComputedStyle(document.body).color,
        paper: getComputedStyle(document.body).backgroundColor,
      }));
      expect(scroll, name).toBeLessThanOrEqual(0);
      const heights = await page.locator('figure svg:visible').evaluateAll((all) => all.map((svg) => svg.clientHeight));
      expect(heights, name).toHaveLength(await page.locator('figure').count());
      for (const height of heights) expect(height, name).toBeGreaterThan(50);
      expect([ink, paper], name).toEqual(
        scheme === 'light' ? ['rgb(28, 28, 34)', 'rgb(255, 255, 255)'] : ['rgb(236, 236, 241)', 'rgb(23, 23, 28)'],
      );
      expect(faults, name).toEqual([]);
    }
    await page.context().close();
  });

  test.each([
    [390, 'narrow'],
    [1280, 'wide'],
  ] as const)('at %i pixels every mark of every figure is in view, no label is cut, and letters can be read', async (width, kind) => {
    const { page } = await open(width, 'light');
    for (const name of pages) {
      await go(page, name);
      for (const figure of await page.locator('figure').evaluateAll(seen)) {
        const where = `${name}: ${figure.title}`;
        expect(figure.kind, where).toBe(kind);
        expect(figure.marks, where).toBeGreaterThan(0);
        expect(figure.marks, where).toBe(figure.marksOfTheOther);
        expect(figure.outside, where).toEqual([]);
        expect(figure.smallest, where).toBeGreaterThanOrEqual(11);
      }
    }
    await page.context().close();
  });

  test('tables have the numbers of the records, figures a title and a table of their own', async () => {
    const { page } = await open(1280, 'light');
    await go(page, 'index.html');
    const text = await page.locator('main').innerText();
    for (const { id, judgement } of records.claims) {
      expect(text).toContain(id);
      expect(text).toContain(String(Number(judgement.mean.toPrecision(3))));
    }
    for (const name of pages) {
      await go(page, name);
      const figures = page.locator('figure');
      for (let i = 0; i < (await figures.count()); i++) {
        const figure = figures.nth(i);
        const image = figure.locator('svg[role=img]:visible');
        expect(await image.count(), name).toBe(1);
        expect(await image.locator('> title').count()).toBe(1);
        await figure.locator('summary').click();
        expect(await figure.locator('tbody tr').count(), name).toBeGreaterThan(0);
        expect(await figure.locator('tbody tr').first().isVisible()).toBe(true);
      }
    }
    await page.context().close();
  });

  test('links lead on, by keyboard too', async () => {
    const { page } = await open(1280, 'light');
    await go(page, 'index.html');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the content');
    await page.getByRole('link', { name: /^H1 / }).click();
    expect(await page.title()).toBe('H1 - spillover');
    await page.getByRole('link', { name: 'Where claims hold' }).click();
    expect(await page.locator('h1').innerText()).toBe('Where claims hold');
    await page.context().close();
  });

  test.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)('axe finds no serious fault of accessibility at %i pixels in %s', async (width, scheme) => {
    const { page } = await open(width, scheme);
    // Claims' pages are alike: one of each kind.
    const kinds = pages.filter(
      (name) => !name.startsWith('claim-') || ['claim-H1.html', 'claim-P1.html'].includes(name),
    );
    for (const name of kinds) {
      await go(page, name);
      // The policy of the pages allows no script: axe is put in by the browser itself, past that. What is inside an image
      // with a name and a description is presentation to whoever cannot see it, and thousands of shapes.
      const source = `(async () => { const module = { exports: {} }; ${AXE}; return module.exports.run({ exclude: ['svg g'] }); })()`;
      const { violations } = (await page.evaluate(source)) as {
        violations: { id: string; impact: string; nodes: { html: string }[] }[];
      };
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${name}: ${id} at ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
    }
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
});

/** What is seen of figures in a page, before anybody scrolls sideways. Runs in the browser: it uses nothing from outside. */
function seen(figures: readonly (SVGElement | HTMLElement)[]) {
  const shown = (each: Element): boolean => each.getClientRects().length > 0;
  const all = (svg: Element, selector: string): Element[] => Array.from(svg.querySelectorAll(selector));
  const marksOf = (svg: Element): Element[] => all(svg, '.data > *, path.data');
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
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const sizes = all(svg, 'text').map((each) => scale * Number.parseFloat(getComputedStyle(each).fontSize));
    return {
      title: svg.querySelector('title')?.textContent,
      kind: svg.parentElement?.className,
      marks: marks.length,
      marksOfTheOther: marksOf(other).length,
      outside: outside.map((each) => `${each.tagName} ${each.textContent} ${each.getAttribute('transform') ?? ''}`),
      smallest: Math.min(...sizes),
    };
  });
}
