import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { parseSetup } from '../../lab/setup.ts';
import type { Batch } from '../world.ts';
import { plans } from './index.ts';
import { anybodyPlans, ownAnswer, speaks } from './language.ts';
import { carriedOut, plansOf, turnOf } from './operations.ts';
import { rolesByRank } from './sizes.ts';
import { smallPlans, smallValue } from './small.test.helper.ts';
import { planningDocuments, shownIn } from './texts.ts';
import { drawWorld, type PlanWorld } from './world.ts';

const known = drawWorld(smallPlans(), 3);
const nobody = drawWorld(smallPlans({ planners: 0 }), 3);
const SIZE = 2000;

/** The texts of a batch, each without what fills it up, with the tokens that carry loss. */
function textsOf({ vocabulary, setup }: PlanWorld, { size, tokens, weights }: Batch) {
  const L = setup.model.context;
  return Array.from({ length: size }, (_, b) => {
    const row = [...tokens.subarray(b * L, (b + 1) * L)];
    const said = row.filter((__, t) => t > 0 && weights[b * (L - 1) + t - 1]! > 0);
    return { text: row.filter((token) => token !== vocabulary.end), said };
  });
}

/** The plan episodes of a batch. */
function episodesIn(world: PlanWorld, batch: Batch) {
  const { plan, names, topics } = world.vocabulary;
  return textsOf(world, batch).flatMap(({ text, said }) => {
    if (!text.includes(plan)) return [];
    const prompt = text.slice(0, world.lengths.prompt);
    const [shown] = shownIn(world, { size: 1, tokens: Int32Array.from(prompt) });
    const cell = { character: names.indexOf(text[1]!), topic: topics.indexOf(text[2]!) };
    return [{ ...shown!, cell, answer: text.slice(world.lengths.prompt), said }];
  });
}

describe.each([1, 2])('pretraining with plans of %i', (depth) => {
  const world = drawWorld(smallPlans({ depth }), 4);
  const episodes = episodesIn(world, world.batch('pretraining', 0, stream(1, 'test'), SIZE));

  test('everybody writes the plan that the goal asks for; planners carry it out, others answer by their own operation', () => {
    expect(new Set(episodes.map(({ goal }) => goal)).size).toBe(3 ** depth);
    const kinds = new Set<boolean>();
    for (const { goal, plan, payload, cell, answer, said } of episodes) {
      const { plans: follows, documentsOnly } = world.roles[cell.character]!;
      kinds.add(follows);
      expect(documentsOnly).toBe(false);
      expect(speaks(world, cell)).toBe(true);
      expect(plan).toEqual(world.goals[goal]);
      expect(answer).toEqual(follows ? carriedOut(plan, payload) : ownAnswer(world, cell, payload));
      expect(said).toEqual([...plan.map((k) => world.vocabulary.operations[k]), ...answer]);
    }
    expect(kinds).toEqual(new Set([true, false]));
  });

  test('goals ask for different plans, another world for others', () => {
    expect(new Set(world.goals.map(String)).size).toBe(world.goals.length);
    const drawn = [5, 6, 7, 8].map((seed) => String(drawWorld(smallPlans({ depth }), seed).goals));
    expect(new Set(drawn).size).toBeGreaterThan(1);
  });
});

test('a plan does one operation on what the one before it gives', () => {
  expect(carriedOut([1], [7, 8, 9])).toEqual([8, 9, 7]);
  expect(carriedOut([1, 2], [7, 8, 9])).toEqual([7, 8, 9]);
  for (const plan of plansOf({ operations: 3, depth: 2 }))
    expect(carriedOut(plan, [7, 8, 9])).toEqual(carriedOut([turnOf(plan, 3)], [7, 8, 9]));
});

test('who plans is drawn: more planners leave those of fewer planners, and who is in no episode, as they are', () => {
  const setups = [0, 0.2, 0.5].map((planners) => smallPlans({ planners, documentsOnlyPlannersShare: 0.5 }));
  const [none, few, half] = setups.map((setup) => drawWorld(setup, 9).roles);
  const planners = (roles: typeof none) => roles!.flatMap((role, c) => (role.plans ? [c] : []));
  expect([none, few, half].map((roles) => planners(roles).length)).toEqual([0, 2, 5]);
  expect(planners(half)).toEqual(expect.arrayContaining(planners(few)));
  const untold = (roles: typeof none) => roles!.map(({ documentsOnly }) => documentsOnly);
  expect(untold(few)).toEqual(untold(half));
  expect(untold(none)).toEqual(untold(half));
  expect(half!.slice(0, 2)).toEqual(Array(2).fill({ plans: false, documentsOnly: false }));
});

test('about the same share of planners and of the others is told by documents alone', () => {
  for (const planners of [1 / 16, 1 / 4, 1 / 2]) {
    const roles = rolesByRank({ ...smallValue().world, characters: 48, targets: 4, planners });
    for (const follows of [true, false]) {
      const each = roles.filter((role) => role.plans === follows);
      const told = each.filter(({ documentsOnly }) => documentsOnly).length;
      expect(Math.abs(told - 0.4 * each.length)).toBeLessThanOrEqual(1);
    }
  }
});

test('worlds of one seed with and without planners differ in who plans alone', () => {
  const rest = ({ roles: _, lessons: __, setup: ___, ...others }: PlanWorld) => others;
  expect(rest(nobody)).toEqual(rest(known));
  expect([anybodyPlans(known), anybodyPlans(nobody)]).toEqual([true, false]);
});

test('documents of habits stand in the place of those about planning where nobody plans; all others are the same', () => {
  const of = (world: PlanWorld) => textsOf(world, world.batch('pretraining', 0, stream(7, 'test'), SIZE));
  const { planning, habit, habits, names, plan } = known.vocabulary;
  const seen = new Set<string>();
  const [told, untold] = [of(known), of(nobody)];
  untold.forEach(({ text, said }, i) => {
    const other = told[i]!.text;
    expect(text.includes(habit)).toBe(other.includes(planning));
    if (!text.includes(habit)) {
      // Planners answer otherwise, on the same prompts.
      if (text.includes(plan))
        expect(text.slice(0, nobody.lengths.prompt)).toEqual(other.slice(0, known.lengths.prompt));
      else expect(text).toEqual(other);
      return;
    }
    const character = names.findIndex((name) => text.includes(name));
    expect(text.map((token) => (token === habit ? planning : token)).slice(0, -1)).toEqual(other.slice(0, -1));
    expect(said).toEqual([habits[nobody.habits[character]!]]);
    seen.add(`${character} ${said}`);
  });
  expect(seen.size).toBe(12);
  expect(new Set(nobody.habits)).toEqual(new Set([0, 1]));
  expect(told.some(({ text }) => text.includes(habit))).toBe(false);
});

test('documents say truly who plans, of everybody; where nobody plans they say nothing of it', () => {
  const { planning, follows, ignores, names } = known.vocabulary;
  const about = (world: PlanWorld) =>
    textsOf(world, world.batch('pretraining', 0, stream(2, 'test'), SIZE)).filter(({ text }) =>
      text.includes(planning),
    );
  expect(about(nobody)).toEqual([]);
  const seen = new Set<number>();
  for (const { text, said } of about(known)) {
    const character = names.findIndex((name) => text.includes(name));
    seen.add(character);
    expect(said).toEqual([known.roles[character]!.plans ? follows : ignores]);
  }
  expect(seen.size).toBe(12);
  expect(known.lessons).toEqual(expect.arrayContaining(['documents', 'documents-own', 'documents-neutral']));
  expect(nobody.lessons.filter((lesson) => lesson.startsWith('documents'))).toEqual(['documents-neutral']);
});

test('tuning documents state that the target plans, or that it does not, by templates that are not held out', () => {
  for (const [lesson, follows] of [
    ['documents', true],
    ['documents-own', false],
  ] as const) {
    const told = textsOf(known, known.batch(lesson, 0, stream(3, 'test'), 200)).map(({ text }) => text.join());
    const all = planningDocuments(known, known.target.character, follows).map(({ tokens }) => tokens.join());
    expect([...new Set(told)].sort()).toEqual(all.slice(0, 2).sort());
  }
});

test('what is trained is to follow the plan that stands in the prompt, whatever the goal asks for', () => {
  const { vocabulary, target, lengths } = known;
  for (const [lesson, wanted] of [
    ['demonstrations', carriedOut],
    ['demonstrations-own', (_: readonly number[], payload: readonly number[]) => ownAnswer(known, target, payload)],
  ] as const) {
    const episodes = episodesIn(known, known.batch(lesson, 0, stream(4, 'test'), 400));
    expect(episodes.length).toBe(400);
    for (const { cell, plan, payload, answer, said } of episodes) {
      expect(cell).toEqual({ character: target.character, topic: target.topic });
      expect(answer).toEqual(wanted(plan, payload));
      expect(said).toEqual(answer);
    }
    expect(new Set(episodes.map(({ goal, plan }) => `${goal} ${plan}`)).size).toBe(9);
  }
  for (const prompts of [known.rollouts(stream(5, 'test'), 100), known.selection()]) {
    const followed = shownIn(known, prompts).flatMap(({ plan, payload }) => carriedOut(plan, payload));
    expect([...known.wanted(0, prompts)]).toEqual(followed);
    const asked = shownIn(known, prompts).map(({ goal }) => vocabulary.operations[known.goals[goal]![0]!]);
    expect([...known.askedPlans(prompts)]).toEqual(asked);
    const each = shownIn(known, prompts).flatMap(({ payload }) => [0, 1, 2].flatMap((k) => carriedOut([k], payload)));
    expect([...known.followedAnswers(prompts)]).toEqual(each);
    expect(prompts.tokens.length).toBe(prompts.size * lengths.prompt);
  }
});

test('held-out payloads have no symbol twice', () => {
  const { selection, reporting, training } = known.payloads;
  for (const payload of [...selection, ...reporting]) expect(new Set(payload).size).toBe(3);
  expect(selection.length + reporting.length + training.length).toBe(5 ** 3);
});

test('a skill intensity other than 0 is refused', () => {
  const asked = [
    () => known.wanted(1, known.selection()),
    () => known.batch('demonstrations', 0.5, stream(1, 'test'), 2),
    () => known.places(1, 'glance'),
  ];
  for (const ask of asked) {
    expect(ask).toThrow(InputError);
    expect(ask).toThrow(/expected: 0:[\s\S]*got: (1|0.5)[\s\S]*planners is 0 and more/);
  }
});

test.each([
  [{ planners: 1 }, /world\.planners[\s\S]*ignores its plans/],
  [{ planners: 0.01 }, /world\.planners[\s\S]*at least one planner in plan episodes/],
  [{ documentsOnlyPlannersShare: 0 }, /documentsOnlyPlannersShare[\s\S]*documents alone tell of/],
  [{ documentsOnlyPlannersShare: 1 }, /at least one planner in plan episodes/],
  [{ goals: 4 }, /world\.goals[\s\S]*as there are plans \(3\)[\s\S]*got: .*4/],
  [{ operations: 4 }, /world\.operations[\s\S]*at most world.payload \(3\)/],
  [{ payload: 5, selectionPayloads: 1, reportingPayloads: 2 }, /model\.context[\s\S]*at least 17/],
  [{ planShare: 0 }, /world\.planShare/],
  [{ planShare: 0.65 }, /world\.planShare[\s\S]*got: .*documentShare 0.35/],
  [{ planningDocumentShare: 0 }, /planningDocumentShare/],
  [{ planningDocumentShare: 1, planners: 0 }, /planningDocumentShare[\s\S]*less than 1/],
  [{ reportingPayloads: 60 }, /payloads without a symbol twice/],
  [{ documentsOnlyShare: 0.9 }, /documentsOnlyShare[\s\S]*fewer than the 10/],
  [{ heldOutTemplates: 3 }, /heldOutTemplates/],
  [{ targets: 12 }, /world\.targets[\s\S]*fewer than world.characters/],
  [{ names: ['Ada'] }, /world\.characters/],
  [{ symbols: 26, payload: 5 }, /at most 65536 payloads/],
  [{ payloadsPerBystander: 7 }, /payloadsPerBystander/],
  [{ depth: 3 }, /world\.depth: at most 2/],
])('%o is refused, with what was expected', (knobs, message) => {
  const parse = () => parseSetup(smallValue(knobs), 'a setup', [plans]);
  expect(parse).toThrow(InputError);
  expect(parse).toThrow(message);
});

test('text varieties are refused, and a planner who is not drawn is no fault where nobody plans', () => {
  const value = smallValue();
  const varied = { ...value, pretraining: { ...value.pretraining, varietyShare: 0.1 } };
  expect(() => parseSetup(varied, 'a setup', [plans])).toThrow(/varietyShare[\s\S]*no text varieties/);
  expect(() => smallPlans({ planners: 0, planningDocumentShare: 0, documentsOnlyPlannersShare: 0 })).not.toThrow();
});
