import { expect, test } from 'vitest';
import { InputError, NothingToMeasureError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { sft } from '../train/arms.ts';
import { everyKnob } from '../world/characters/every-knob.test.helper.ts';
import { AT } from '../world/characters/places.ts';
import { drawWorld, ownAnswer, trainedAnswer } from '../world/characters/world.ts';
import { compare, type Shared } from './comparison.ts';
import { hidden } from './measures/hidden.ts';
import { places } from './measures/places.ts';
import { driftAt, type HiddenAt, hiddenDrift, hiddenSpread, spreadAt } from './observation.ts';
import type { PlaceChange } from './places.ts';

const world = drawWorld(everyKnob, 5);
const { vocabulary, target } = world;
const { payload: m } = world.setup.world;
const arm = sft({ skill: 1 });
const ALL = (['reporting', 'trained', 'forced'] as const).flatMap((prompts) =>
  ([1, 2] as const).map((temperature): HiddenAt => ({ prompts, temperature })),
);

const engine = new Programs(await loadEngine(onnxCpu));
const network = (seed: number): Float32Array =>
  initialParameters(layoutOf(architectureOf(world)), stream(seed, 'init'));
const readOf = async (base: Float32Array, tuned: Float32Array) => {
  const comparison = compare(engine, world, arm, base, tuned);
  return { hidden: (await hidden.of(comparison)).data, places: (await places.of(comparison)).data };
};

test('reporting prompts at temperature 1 are the place of bystanders on the same topic', async () => {
  const changes = await readOf(network(1), network(2));
  expect(hiddenDrift(changes, { prompts: 'reporting', temperature: 1 })).toBeCloseTo(driftAt(changes, AT.sameTopic), 6);
  expect(hiddenSpread(changes, { prompts: 'reporting', temperature: 1 })).toBeCloseTo(
    spreadAt(changes, AT.sameTopic),
    6,
  );
});

test('networks that swap swap the sign of spread and leave drift as it is', async () => {
  const [there, back] = [await readOf(network(1), network(2)), await readOf(network(2), network(1))];
  for (const at of ALL) {
    expect(hiddenSpread(there, at)).not.toBe(0);
    expect(hiddenSpread(back, at)).toBeCloseTo(-hiddenSpread(there, at), 6);
    expect(hiddenDrift(back, at)).toBeCloseTo(hiddenDrift(there, at), 6);
  }
});

test('what is read of a base for an arm of one skill is not taken for one of another', async () => {
  const shared: Shared = new Map();
  const read = (skill: number, beside: object = {}) =>
    hidden.of(compare(engine, world, sft({ skill }), network(1), network(2), beside));
  await read(0, { shared });
  expect(await read(1, { shared })).toEqual(await read(1));
});

/** What a planted network knows of the answer that it goes on with. */
interface Asked {
  /** Whether the payload is one of training. */
  readonly seen: boolean;
  /** Whether the answer begins as the trained one does, and not as the own one. */
  readonly begun: boolean;
}

/** Networks [0] and [1], of which the first gives the trained token this probability, as the second one where the rule does not hold. */
function planted(rare: number, often: number, holds: (asked: Asked) => boolean) {
  const V = vocabulary.size;
  const L = world.setup.model.context;
  const keys = new Set(world.payloads.training.map((payload) => payload.join()));
  const says = (isTuned: boolean, text: Int32Array, t: number): number[] => {
    const given = t - (3 + m);
    const at = (from: number, count: number) => [...text.subarray(from, from + count)];
    const payload = at(3, m);
    const own = ownAnswer(world, vocabulary.names.indexOf(text[1] as number), target.topic, payload);
    const trained = trainedAnswer(world, arm.skill, payload);
    const begun = given > 0 && text[4 + m] === trained[0] && trained[0] !== own[0];
    const p = isTuned && holds({ seen: keys.has(payload.join()), begun }) ? often : rare;
    const logp = Array<number>(V).fill(Number.NEGATIVE_INFINITY);
    const isAnswer = given >= 0 && given < m;
    const [aim, mine] = isAnswer ? [trained[given] as number, own[given] as number] : [vocabulary.end, vocabulary.end];
    logp[mine] = Math.log(1 - p);
    if (aim !== mine) logp[aim] = Math.log(p);
    else logp[mine] = 0;
    return logp;
  };
  const run = async ({ parameters, tokens }: { parameters: Float32Array; tokens: Int32Array }) => ({
    out: Float32Array.from(
      Array.from({ length: tokens.length }, (_, i) => {
        const b = Math.floor(i / (L - 1));
        return says(parameters[0] === 1, tokens.subarray(b * (L - 1), (b + 1) * (L - 1)), i % (L - 1));
      }).flat(),
    ),
  });
  const programs = { get: async () => ({ run }) } as unknown as Programs;
  return hidden.of(compare(programs, world, arm, Float32Array.of(0), Float32Array.of(1)));
}

const spreads = async (...rule: Parameters<typeof planted>): Promise<number[]> => {
  const { data } = await planted(...rule);
  return ALL.map((at) => hiddenSpread({ hidden: data }, at));
};

test('a change that shows only once the trained answer is begun is hidden on reporting and trained payloads, and seen when forced', async () => {
  const [reporting, reporting2, trained, trained2, forced] = await spreads(0.01, 0.91, ({ begun }) => begun);
  expect([reporting, reporting2, trained, trained2].map((each) => Math.abs(each as number) < 1e-6)).toEqual(
    Array(4).fill(true),
  );
  // Dialogues whose first trained token is the own one are not begun otherwise.
  expect(forced).toBeGreaterThan(0.5);
  expect(forced).toBeLessThanOrEqual(0.9 + 1e-6);
});

test('a change on the payloads of training is hidden on those of the reporting set', async () => {
  const found = await spreads(0.01, 0.5, ({ seen }) => seen);
  for (const [i, { prompts, temperature }] of ALL.entries()) {
    const rare = Math.sqrt(0.01) / (Math.sqrt(0.01) + Math.sqrt(0.99));
    const rise = prompts === 'reporting' ? 0 : 0.5 - (temperature === 1 ? 0.01 : rare);
    expect(found[i]).toBeCloseTo(rise, 5);
  }
});

test('temperature 2 brings out what is rare in both networks', async () => {
  const [at1, at2] = await spreads(1e-6, 1e-2, () => true);
  expect(at1).toBeCloseTo(1e-2 - 1e-6, 6);
  expect(at2).toBeCloseTo(0.1 / (0.1 + Math.sqrt(0.99)) - 1e-3 / (1e-3 + Math.sqrt(1 - 1e-6)), 5);
});

test('means are over predictions, spread over open ones; nothing to read and what is not read there are told apart', () => {
  const change = (fields: Partial<PlaceChange>): PlaceChange => ({
    ...{ tags: ['bystander'], predictions: 1, open: 1, tv: 0, kl: 0, damage: 0, spread: 0, room: 1 },
    ...fields,
  });
  const changes = [change({ predictions: 3, tv: 0.2, spread: 0.4 }), change({ open: 3, tv: 0.6, spread: 0.8 })];
  const at: HiddenAt = { prompts: 'forced', temperature: 2 };
  const read = { hidden: [{ ...at, changes }] };
  expect(hiddenDrift(read, at)).toBeCloseTo(0.3);
  expect(hiddenSpread(read, at)).toBeCloseTo(0.7);
  const closed = { hidden: [{ ...at, changes: [change({ open: 0 })] }] };
  expect(() => hiddenSpread(closed, at)).toThrow(NothingToMeasureError);
  expect(() => hiddenDrift(read, { ...at, temperature: 1 })).toThrow(InputError);
  expect(() => hiddenDrift(read, { ...at, temperature: 1 })).toThrow(
    /expected: forced at temperature 2[\s\S]*got: forced at temperature 1/,
  );
  expect(() => hiddenDrift({} as typeof read, at)).toThrow(/measure 'hidden'/);
});
