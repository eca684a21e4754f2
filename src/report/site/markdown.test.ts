import { renderToStaticMarkup } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { markdown, slug } from './markdown.tsx';

const html = (text: string): string =>
  renderToStaticMarkup(
    markdown(text, { link: (address) => `to:${address}`, image: (address) => `<svg data-of="${address}"></svg>` }),
  );

test.each([
  ['a heading with its name', '## A run, `twice`', '<h2 id="a-run-twice">A run, <code>twice</code></h2>'],
  ['lines as one paragraph', 'one\ntwo\n\nthree', '<p>one two</p><p>three</p>'],
  ['emphasis, and no product', '**b** *i* 2 * 3 * 4', '<p><b>b</b> <em>i</em> 2 * 3 * 4</p>'],
  ['a link with code in it', '[`a` b](c.md#d)', '<p><a href="to:c.md#d"><code>a</code> b</a></p>'],
  ['a list with a list in it', '- a\n  b\n  - c\n- d', '<ul><li><p>a b</p><ul><li>c</li></ul></li><li>d</li></ul>'],
  ['a numbered list', '1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
  ['code as it stands', '```ts file=x.ts\na < **b**\n```', '<pre tabindex="0">a &lt; **b**</pre>'],
  ['code that is indented', '    npm ci\n\nb', '<pre tabindex="0">npm ci</pre><p>b</p>'],
  ['what would be a tag', 'a &lt;b> <script>', '<p>a &lt;b> &lt;script></p>'],
])('%s', (_, text, wanted) => expect(html(text)).toBe(wanted));

test('a table has a name for every cell, for pages that show rows as cards', () => {
  const shown = html('| a | b |\n|---|---|\n| `x \\| y` | z |');
  expect(shown).toContain('<th scope="col">a</th><th scope="col">b</th>');
  expect(shown).toContain('<td data-column="a"><code>x | y</code></td><td data-column="b">z</td>');
});

test('an image is put into the page, and leads on where it is a link', () => {
  expect(html('[![a](b.svg)](c.md)')).toContain('<svg data-of="b.svg"></svg></span><a href="to:c.md">');
  expect(html('![a](b.svg)')).not.toContain('<a');
});

test('a heading has the name that GitHub gives it', () => {
  expect(slug('Where a change is written, and who takes it up')).toBe('where-a-change-is-written-and-who-takes-it-up');
});
