import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from './cli/commands.ts';
import { blocks, CHECKOUT, filesOfGuides, guides } from './docs.test.helper.ts';
import { VARIABLES } from './project/environment.ts';

const { scripts } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

test.each(guides)('every link of $name leads to a file and a heading', ({ name, text }) => {
  const headings = (of: string): string[] =>
    [...of.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
  const wrong = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(([link, path = '', heading]) => {
    const file = path === '' ? join(CHECKOUT, name) : resolve(CHECKOUT, dirname(name), path);
    if (!existsSync(file)) return [link];
    return heading === undefined || headings(readFileSync(file, 'utf8')).includes(heading) ? [] : [link];
  });
  expect(wrong).toEqual([]);
});

test('every command of ours that the guides name is one', () => {
  const lines = [
    ...blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.split('\n')),
    ...guides.flatMap(({ text }) => [...text.matchAll(/`((?:npm|npx) [^`]*)`/g)].map(([, line]) => line ?? '')),
    ...guides.flatMap(({ text }) => [...text.matchAll(/^ {4}(np[mx] .*)$/gm)].map(([, line]) => line ?? '')),
  ];
  const asked = lines.flatMap((line) => line.split(/&&|#/, 1)[0]?.trim() ?? []);
  const unknown = asked.filter((line) => {
    const [, script] = /^npm\s+(?:run\s+)?(\S+)/.exec(line) ?? [];
    if (script !== undefined) return !['ci', 'install', 'i', 'pack', ...Object.keys(scripts)].includes(script);
    const [, command] = /^npx spillover (\S+)/.exec(line) ?? [];
    return command !== undefined && COMMANDS[command] === undefined;
  });
  expect(asked.length).toBeGreaterThan(20);
  expect(unknown).toEqual([]);
  const scriptsAsked = lines.flatMap((line) =>
    [...line.matchAll(/\S+\.py|-r (\S+\.txt)/g)].map(([all, of]) => of ?? all),
  );
  expect(scriptsAsked.filter((path) => !existsSync(join(CHECKOUT, path)))).toEqual([]);
});

test('lines that a guide shows of a file stand in that file, and no file is shown twice', () => {
  for (const { line, text } of blocks.filter((each) => each.line !== undefined))
    expect(filesOfGuides[line as string]).toContain(text);
  const whole = blocks.flatMap(({ file }) => file ?? []);
  expect(whole.filter((file, i) => whole.indexOf(file) !== i)).toEqual([]);
  expect(whole.length).toBeGreaterThan(9);
});

test('every test that the table of guards names is there', () => {
  const table = readFileSync(join(CHECKOUT, 'docs/guards.md'), 'utf8');
  const named = [...table.matchAll(/`((?:[\w-]+\/)*[\w.-]+\.test\.tsx?)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(60);
  const places = (path: string): string[] => [join(CHECKOUT, 'src', path), join(CHECKOUT, path)];
  expect(named.filter((path) => !places(path).some((place) => existsSync(place)))).toEqual([]);
});

test('the guide of commands names every environment variable, and no other', () => {
  const guide = readFileSync(join(CHECKOUT, 'docs/commands.md'), 'utf8');
  const named = new Set([...guide.matchAll(/`(SPILLOVER_[A-Z]+)`/g)].map(([, name]) => name));
  expect([...named].sort()).toEqual(Object.keys(VARIABLES).sort());
});

test('the guide of the layout names every room of src', () => {
  const guide = readFileSync(join(CHECKOUT, 'docs/layout.md'), 'utf8');
  const layers = readFileSync(join(CHECKOUT, 'src', 'layers.test.ts'), 'utf8');
  const rooms = [...(/LAYERS[^=]*= \[([\s\S]*?)\n\];/.exec(layers)?.[1]?.matchAll(/'(\w+)'/g) ?? [])].map(
    ([, room]) => room,
  );
  expect(rooms.length).toBeGreaterThan(10);
  expect(rooms.filter((room) => !guide.includes(`\`src/${room}/\``))).toEqual([]);
});

test('README leads to every guide of its own, in a line or in the table of one', () => {
  const readme = readFileSync(join(CHECKOUT, 'README.md'), 'utf8');
  const unled = guides.filter(({ name }) => name.startsWith('docs/') && !readme.includes(`(${name}`));
  expect(unled.map(({ name }) => name)).toEqual(['docs/calibration.md']);
});
