import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { guides } from '../../docs.test.helper.ts';
import { writeSite } from './site.tsx';

const scratch = mkdtempSync(join(tmpdir(), 'site-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A checkout with so much of a guide, and a report of one page. */
function checkout(name: string, text: string): string {
  const folder = join(scratch, name);
  for (const under of ['docs', 'reports/published']) mkdirSync(join(folder, under), { recursive: true });
  for (const file of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'reports/published/FINDINGS.md'])
    writeFileSync(join(folder, file), '# A guide\n\n## Here\n');
  writeFileSync(join(folder, 'reports/published/index.html'), '<p id="here">report</p>');
  writeFileSync(join(folder, 'docs/one.md'), text);
  return folder;
}

test('guides lead to each other, to the report and to files of the checkout', async () => {
  const folder = checkout(
    'good',
    '# One\n\n[a](../README.md#here) [b](../reports/published/index.html) [c](x.json) [d](../CHANGELOG.md)\n',
  );
  writeFileSync(join(folder, 'docs/x.json'), '{}');
  const to = join(scratch, 'site');
  await writeSite(folder, to);
  const html = readFileSync(join(to, 'one.html'), 'utf8');
  for (const address of ['index.html#here', 'report/index.html', 'files/x.json', 'CHANGELOG.html'])
    expect(html).toContain(`href="${address}"`);
  expect(readFileSync(join(to, 'files/x.json'), 'utf8')).toBe('{}');
  expect(html).toContain("default-src 'none'");
});

test.each([
  ['a file that is not there', '[a](gone.md)', /one\.html leads to files\/gone\.md/],
  ['a heading that is not there', '[a](../README.md#gone)', /one\.html leads to index\.html#gone/],
])('%s is an error, and nothing is written', async (name, text, message) => {
  const to = join(scratch, `site-of-${name}`);
  const refused = writeSite(checkout(name, `# One\n\n${text}\n`), to).catch((error: unknown) => error);
  expect(await refused).toBeInstanceOf(InputError);
  expect(String(await refused)).toMatch(message);
  expect(readdirSync(scratch)).not.toContain(`site-of-${name}`);
});

test('every guide of the checkout is a page whose links lead somewhere', async () => {
  const to = join(scratch, 'ours');
  const folder = join(scratch, 'checkout');
  const wanted = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'CITATION.cff', 'docs', 'reports/published'];
  for (const name of wanted) cpSync(name, join(folder, name), { recursive: true });
  await writeSite(folder, to);
  const pages = readdirSync(to).filter((name) => name.endsWith('.html'));
  expect(pages).toHaveLength(guides.length + 2);
});
