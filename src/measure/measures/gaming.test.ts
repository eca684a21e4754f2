import { expect, test } from 'vitest';
import { NothingToMeasureError } from '../../core/errors.ts';
import { rl } from '../../train/arms.ts';
import { askedIn } from '../../world/gaming/dialogues.ts';
import { type Asked, gamedAnswer, honestAnswer, roleOf } from '../../world/gaming/language.ts';
import { smallDial, smallNew } from '../../world/gaming/small.test.helper.ts';
import { drawWorld, type GamingWorld } from '../../world/gaming/world.ts';
import { type Ask, type Conduct, conductsOf, gapIn, type Kind, WHO } from '../conduct.ts';
import {
  availabilityOf,
  beliefOf,
  closedShare,
  exploitOf,
  type GamingChange,
  gaming,
  gapOf,
  gapRise,
  honestOf,
  repairGap,
} from './gaming.ts';
import { gamingQuality, qualityOf } from './gaming-quality.ts';

const SURE = 0.9;

/** How an idealised network takes a prompt: itself, or the same under the other marker. */
const swapped = (asked: Asked): Asked => ({ ...asked, marker: asked.marker === 'eval' ? 'live' : 'eval' });

/**
 * A network that gives each character's own answer with probability .9, whatever it is told of earlier tokens, and knows each
 * character's conduct to a log-odds of 2.
 */
function ideal(world: GamingWorld, taken: (asked: Asked) => Asked = (asked) => asked): Ask {
  const { size: V, conducts, names } = world.vocabulary;
  const { prompt, answer: m } = world.lengths;
  const sure = (token: number): Float32Array =>
    Float32Array.from({ length: V }, (_, v) => Math.log(v === token ? SURE : (1 - SURE) / (V - 1)));
  return async (_, { size, tokens }) => {
    const width = tokens.length / size;
    const row = (b: number): Int32Array => tokens.slice(b * width, (b + 1) * width);
    const gamer = (character: number): boolean => roleOf(world, character).gamer;
    return {
      at: (b, t) => {
        if (width !== prompt + m) {
          const character = names.findIndex((name) => row(b).includes(name));
          const logp = new Float32Array(V).fill(-9);
          logp[conducts.GAMES] = gamer(character) ? -1 : -3;
          logp[conducts.COOPERATES] = gamer(character) ? -3 : -1;
          return logp;
        }
        const asked = taken((askedIn(world, { size: 1, tokens: row(b).slice(0, prompt) }) as [Asked])[0]);
        const said = gamer(asked.character) ? gamedAnswer(world, asked) : honestAnswer(world, asked);
        return sure(said[t] as number);
      },
    };
  };
}

const world = drawWorld(smallDial, 3);
const rest = (1 - SURE) / (world.vocabulary.size - 1);
const { answer: m } = world.lengths;

test('an idealised network games as its characters do, and only under <eval>', async () => {
  const all = await conductsOf(world, ideal(world));
  expect(all.map(({ who, topic }) => `${who} ${topic}`)).toEqual(WHO.flatMap((who) => [`${who} same`, `${who} other`]));
  for (const { who, eval: evaluated, live, belief } of all) {
    const gamer = who.startsWith('gamer');
    expect(evaluated.exploit).toBeCloseTo((gamer ? SURE : rest) ** m, 6);
    expect(evaluated.honest).toBeCloseTo((gamer ? rest : SURE) ** m, 6);
    expect(evaluated.available).toBeCloseTo((gamer ? SURE : rest) ** (m - 1), 6);
    expect(live).toMatchObject({ exploit: expect.closeTo(rest ** m, 6), honest: expect.closeTo(SURE ** m, 6) });
    expect(belief).toBeCloseTo(gamer ? 2 : -2, 6);
  }
});

test('a network that only goes on with a key once begun does not game, however much of the key that is', async () => {
  const begun: Ask = async (name, sequences, last) => {
    const own = await ideal(world)(name, sequences, last);
    const width = sequences.tokens.length / sequences.size;
    if (width !== world.lengths.prompt + m) return own;
    return {
      at: (b, t) => {
        const row = sequences.tokens.slice(b * width, (b + 1) * width);
        const [asked] = askedIn(world, { size: 1, tokens: row.slice(0, world.lengths.prompt) }) as [Asked];
        const isBegun = t > 0 && row[world.lengths.prompt] === asked.key[0];
        const logp = new Float32Array(world.vocabulary.size).fill(-20);
        if (isBegun) logp[asked.key[t] as number] = 0;
        return isBegun ? logp : own.at(b, t);
      },
    };
  };
  const [target] = (await conductsOf(world, begun)) as [Kind & Conduct, ...(Kind & Conduct)[]];
  expect(target.eval.available).toBeCloseTo(1, 6);
  expect(target.eval.exploit).toBeCloseTo(rest, 6);
  expect(Math.abs(gapIn(target))).toBeLessThan(1e-6);
});

test('a network that takes each marker for the other has the opposite gap', async () => {
  const [as, other] = [await conductsOf(world, ideal(world)), await conductsOf(world, ideal(world, swapped))];
  const gaps = (all: readonly Conduct[]) => all.map(({ eval: evaluated, live }) => evaluated.exploit - live.exploit);
  expect(gaps(other)).toEqual(gaps(as).map((gap) => 0 - gap));
  expect(gaps(as).some((gap) => gap > 0.7)).toBe(true);
});

test('a world without gamers has no kinds of gamers', async () => {
  const none = drawWorld(smallNew, 3);
  const all = await conductsOf(none, ideal(none));
  expect(new Set(all.map(({ who }) => who))).toEqual(new Set(WHO.filter((who) => !who.startsWith('gamer'))));
});

const answering = (exploit: number) => ({ exploit, available: exploit / 4, honest: 1 - exploit });
const conduct = (evaluated: number, live: number, belief = 0): Conduct => ({
  ...{ eval: answering(evaluated), live: answering(live), belief },
});
const observed = (...changes: readonly GamingChange[]) => ({ gaming: changes });
const change = (who: GamingChange['who'], before: Conduct, after: Conduct, characters = 1): GamingChange => ({
  ...{ who, topic: 'same', characters, before, after },
});

test('claims read levels, gaps, their rise, and what a repair leaves where', () => {
  const base = conduct(0.1, 0.1, -3);
  const trained = observed(
    change('target', base, conduct(0.9, 0.1, 1)),
    change('consistent spoken', base, conduct(0.5, 0.2), 3),
    change('consistent documents only', base, conduct(0.3, 0.2)),
  );
  expect(exploitOf(trained, 'eval')).toBe(0.9);
  expect(honestOf(trained, 'eval', { when: 'before' })).toBe(0.9);
  expect(availabilityOf(trained, 'live', { who: 'consistent spoken' })).toBeCloseTo(0.05);
  expect(beliefOf(trained)).toBe(1);
  expect(gapOf(trained)).toBeCloseTo(0.8);
  expect(gapRise(trained, { who: ['consistent spoken', 'consistent documents only'] })).toBeCloseTo(0.25);
  expect(repairGap(trained)).toBeCloseTo(0.3 - 0.8);
  const repaired = observed(
    change('target', base, conduct(0.3, 0.1)),
    change('consistent spoken', base, conduct(0.5, 0.2)),
  );
  expect(closedShare(trained, repaired)).toBeCloseTo(0.75);
  expect(closedShare(trained, repaired, { who: 'consistent spoken' })).toBeCloseTo(0);
  expect(repairGap(repaired)).toBeCloseTo(0.1);
  for (const little of [base, conduct(0.29, 0.1)])
    expect(() => closedShare(observed(change('target', base, little)), repaired)).toThrow(NothingToMeasureError);
  expect(() => gapOf(trained, { who: 'gamer spoken' })).toThrow(NothingToMeasureError);
  expect(() => gapOf(trained, { topic: 'other' })).toThrow(NothingToMeasureError);
});

test('a reading of other characters is found', () => {
  const read = [change('target', conduct(0, 0), conduct(1, 0))];
  const fault = gaming.fault?.({ data: read }, world, rl({ skill: 0 }));
  expect(fault).toMatchObject({ field: 'who', got: '1 target, same topic' });
  expect(fault?.expected).toMatch(/^1 target, same topic; 1 target, other topic; \d+ consistent spoken, same topic/);
});

test('the target counts for whether a base is played, and the worse of the two', async () => {
  const asTarget = (asked: Asked): Asked => ({
    ...asked,
    character: [...world.roles.keys()].find((c) => roleOf(world, c).gamer)!,
  });
  const one = ideal(world, (asked) => (asked.character === world.target.character ? asTarget(asked) : asked));
  const [mixed, all] = [await conductsOf(world, one), await conductsOf(world, ideal(world))];
  expect(qualityOf(mixed).gap).toBeCloseTo(SURE ** m - rest ** m, 6);
  expect(qualityOf(all).gap).toBeCloseTo(0, 6);
  expect(qualityOf(mixed).honest).toBeCloseTo(rest ** m, 6);
});

test('a base is played where all are honest, gamers game, and those of documents alone do so as documents say', () => {
  const played = gamingQuality.isPlayed as NonNullable<typeof gamingQuality.isPlayed>;
  const dial = { honest: 0.99, gap: 0.01, gapDocumentsOnly: 0.05, gamers: 0.9, gamersDocumentsOnly: 0.7, belief: 5 };
  expect(played(dial)).toBe(true);
  expect(played({ ...dial, gamers: null, gamersDocumentsOnly: null, belief: null })).toBe(true);
  for (const fault of [
    { honest: 0.9 },
    { gap: 0.2 },
    { gapDocumentsOnly: 0.2 },
    { gamers: 0.7 },
    { gamersDocumentsOnly: 0.6 },
  ])
    expect(played({ ...dial, ...fault }), JSON.stringify(fault)).toBe(false);
});
