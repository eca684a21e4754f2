import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Which keys and registrations a change of a file moves, in a copy of the checkout and in one of the package as it is built: what is
// expected stands here, and is not made of closures.

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const CHILD = fileURLToPath(new URL('./keys.test.child.ts', import.meta.url));
type Keys = Readonly<Record<string, string>>;
const ALL = ['H', 'P', 'base', 'null', 'quality', 'sdft', 'sdft text', 'sdft transcript', 'sft', 'sft text'];
const READINGS = ['quality', 'sdft text', 'sdft transcript', 'sft text'];

/** A change: by the places of files, what takes the place of a text in them; without one a comment is added. */
type Edits = Readonly<Record<string, readonly [RegExp, string] | 'touched' | 'new'>>;

const CHANGES: readonly (readonly [what: string, edits: Edits, moved: readonly string[]])[] = [
  [
    'new knobs of a world and of tuning, a new method and measure, and what prints, trains in turn and keeps move nothing',
    {
      'world/characters/knobs': [/symbols: whole\(/, 'mood: z.number().optional(), symbols: whole('],
      'lab/setup': [/rollouts: batch,/, 'mood: z.number().optional(), rollouts: batch,'],
      'train/methods/index': [
        /\[nothing, /,
        '[nothing, { ...nothing, id: "mine", file: new URL("./mine", import.meta.url).href }, ',
      ],
      'train/methods/mine': 'new',
      'measure/measures/index': [
        /\[target, /,
        '[target, { ...target, id: "mine", file: new URL("./mine", import.meta.url).href }, ',
      ],
      'measure/measures/mine': 'new',
      ...{ 'world/characters/index': 'touched', 'world/index': 'touched', 'engine/engines/index': 'touched' },
      ...{
        'engine/engines/tfjs-wasm': 'touched',
        'lab/pool': 'touched',
        'lab/study': 'touched',
        'store/store': 'touched',
      },
      ...{
        'claims/gather': 'touched',
        'claims/gate': 'touched',
        'explore/explore': 'touched',
        'records/summary': 'touched',
      },
      'world/gaming/factors': 'touched',
      ...{ 'explore/changed': 'touched', 'explore/prevalence': 'touched', index: 'touched' },
    },
    [],
  ],
  [
    'a method, a measure that claims do not name, and how setups are drawn and judged move what is theirs',
    { 'train/methods/sft': 'touched', 'measure/measures/transcript': 'touched', 'explore/cost': 'touched' },
    ['P', 'sdft transcript', 'sft', 'sft text'],
  ],
  [
    'the judging of setups moves claims about them, and so does what a kind of world lets be turned',
    { 'explore/judged': 'touched', 'world/characters/factors': 'touched' },
    ['P'],
  ],
  [
    'the method whose steps another copies moves both, and the claims about it',
    { 'train/methods/sdft': 'touched' },
    ['H', 'P', 'null', 'sdft', 'sdft text', 'sdft transcript'],
  ],
  ['what a measure is asked in moves every reading', { 'measure/comparison': 'touched' }, ['H', 'P', ...READINGS]],
  [
    'what passes records on and judges moves registrations',
    { 'lab/lineage': 'touched', 'claims/judged': 'touched' },
    ['H', 'P'],
  ],
  ['what arms are said with does, too', { 'train/arms': 'touched' }, ['H', 'P', 'null']],
  ['what draws a world moves everything', { 'world/characters/documents': 'touched' }, ALL],
];

const HYPOTHESES = {
  'h.test.ts': `import { claim, drift, greaterThan, sdft } from '../DOOR';
export default claim(import.meta.url, { id: 'H', statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV',
  prediction: greaterThan(0), arms: { documents: sdft() } }, ({ documents }) => drift(documents));`,
  'p.test.ts': `import { prevalence } from '../DOOR';
import h from './h.test.ts';
export default prevalence(import.meta.url, { id: 'P', statement: 's', of: h, atLeast: 0.6, stratum: 'with rehearsal' });`,
};

describe.each([
  ['the checkout', 'src', '.ts'],
  ['the package as it is built', 'dist', '.js'],
])('in %s', (_, root, ending) => {
  let folder: string;
  let before: Keys;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'keys-test-')));
    for (const name of ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'fixtures'])
      cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
    cpSync(join(PROJECT, 'src'), join(folder, 'src'), {
      recursive: true,
      filter: (path) => !/\.test\.[a-z.]+$/.test(path),
    });
    symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    if (root === 'dist') {
      const tsc = join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');
      const built = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: folder, encoding: 'utf8' });
      expect(built.status, built.stdout).toBe(0);
    }
    mkdirSync(join(folder, 'hypotheses'));
    for (const [name, text] of Object.entries(HYPOTHESES))
      writeFileSync(join(folder, 'hypotheses', name), text.replace('DOOR', `${root}/index${ending}`));
    before = keys();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the copy gives now, each in a process of its own: what was read once stays. */
  const keys = (): Keys => {
    const args = ['--import', 'tsx', CHILD, join(folder, root), ending, join(folder, 'hypotheses')];
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|SPILLOVER_)/.test(name)));
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    return JSON.parse(stdout) as Keys;
  };

  test('there is one of everything, and all are different', () => {
    expect(Object.keys(before).sort()).toEqual(ALL);
    expect(new Set(Object.values(before)).size).toBe(ALL.length);
  });

  test.each(CHANGES)('%s', (_what, edits, moved) => {
    const texts = Object.entries(edits).map(([place, edit]) => {
      const path = join(folder, root, `${place}${ending}`);
      const text = edit === 'new' ? '' : readFileSync(path, 'utf8');
      const edited = typeof edit === 'string' ? `${text}\n// touched\n` : text.replace(edit[0], edit[1]);
      expect(edited, place).not.toBe(text);
      writeFileSync(path, edited.replaceAll('"./mine"', `'./mine${ending}'`));
      return [path, text] as const;
    });
    const after = keys();
    for (const [path, text] of texts) writeFileSync(path, text);
    expect(ALL.filter((name) => after[name] !== before[name])).toEqual(moved);
  });
});
