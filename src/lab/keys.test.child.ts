import { pathToFileURL } from 'node:url';

// Prints the keys and registrations that a copy of this package gives: its `src` or `dist`, and the ending of its modules, are arguments.

const [root = '', ending = '', hypotheses = ''] = process.argv.slice(2);
const load = (place: string): Promise<Record<string, never>> => import(pathToFileURL(`${root}/${place}${ending}`).href);
const { BUILT_IN } = (await load('lab/built-in')) as unknown as typeof import('./built-in.ts');
const { keysOf } = (await load('lab/keys')) as unknown as typeof import('./keys.ts');
const { loadSetup } = (await load('lab/setup')) as unknown as typeof import('./setup.ts');
const { declaredHash } = (await load('claims/spec-hash')) as unknown as typeof import('../claims/spec-hash.ts');
const arms = (await load('train/arms')) as unknown as typeof import('../train/arms.ts');

const setup = loadSetup('fixtures/setups/small.json', BUILT_IN.worlds);
const keys = keysOf({ catalog: BUILT_IN, setup, seed: 3, engine: 'onnx:cpu' });
const [documents, shown, floor] = [arms.sdft(), arms.sft({ skill: 1 }), arms.nullArm()];
const configuration = { catalog: BUILT_IN, setup, project: { folder: process.cwd(), setups: { recipe: setup } } };
const spec = async (name: string): Promise<string> => {
  const { default: declared } = await import(pathToFileURL(`${hypotheses}/${name}`).href);
  return declaredHash(declared, configuration as unknown as Parameters<typeof declaredHash>[1]);
};
const printed = {
  base: keys.base,
  quality: keys.baseReading('quality'),
  sdft: keys.arm(documents),
  sft: keys.arm(shown),
  null: keys.arm(floor),
  'sdft text': keys.reading(documents, 'text'),
  'sdft transcript': keys.reading(documents, 'transcript'),
  'sft text': keys.reading(shown, 'text'),
  H: await spec('h.test.ts'),
  P: await spec('p.test.ts'),
};
process.stdout.write(JSON.stringify(printed));
