import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { BUILT_IN } from '../lab/built-in.ts';
import { programKind } from '../lab/catalog.ts';
import { loadSetup, worldOf } from '../lab/setup.ts';
import { nullArm, sdft, sft } from '../train/arms.ts';
import { methodOf, tuningOf } from '../train/check.ts';
import type { Method } from '../train/method.ts';
import { methods } from '../train/methods/index.ts';
import { worlds } from '../world/index.ts';
import type { TuningSetup } from '../world/knobs.ts';
import { onlyReading } from './declared-knobs.ts';

const setup = loadSetup('fixtures/setups/small.json', worlds);

test('a knob that is named can be read, another one and all of them at once cannot', () => {
  const { tuning } = onlyReading(setup, ['batch'], 'mine');
  expect(tuning.batch).toBe(setup.tuning.batch);
  expect(() => tuning.rlSteps).toThrow(InputError);
  expect(() => tuning.rlSteps).toThrow(/mine reads a knob[\s\S]*one of batch[\s\S]*got: rlSteps/);
  expect(() => ({ ...tuning })).toThrow(/all of them at once/);
});

test.each([
  'batch',
  'rehearsalSequences',
] as const)('a method that does not name %s, and draws by it, is found', (knob) => {
  const arm = sft({ skill: 1, rehearsal: 1 });
  const method = methodOf(arm, methods);
  const drawWith = (names: readonly string[]) => () => {
    const world = worldOf(onlyReading(setup, names as (keyof TuningSetup)[], 'SFT'), 3, worlds);
    return method.draws({ world, arm, options: {}, seed: 3 })();
  };
  const names = Object.keys(tuningOf(setup.tuning, method, arm));
  expect(drawWith(names)).not.toThrow();
  expect(drawWith(names.filter((name) => name !== knob))).toThrow(new RegExp(`got: ${knob}`));
});

test('methods whose steps are not the same function never train in one program, whatever they call their kind of graph', () => {
  const own = { ...methodOf(sdft(), methods), id: 'mine', steps: () => expect.unreachable() } as Method;
  const catalog = { ...BUILT_IN, methods: [...methods, own] };
  expect(programKind(catalog, sdft())).toBe(programKind(catalog, nullArm()));
  expect(programKind(catalog, { ...sdft(), method: 'mine' })).not.toBe(programKind(catalog, sdft()));
});
