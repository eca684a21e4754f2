import { expect, test } from 'vitest';
import small from '../../../fixtures/setups/small.json' with { type: 'json' };
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { sft } from '../../train/arms.ts';
import { CharacterWorld, cellsOf, drawWorld, ownAnswer, trainedAnswer } from '../../world/characters/world.ts';

import { compare } from '../comparison.ts';
import { transcript, type Utterance } from './transcript.ts';

const programs = new Programs(await loadEngine(onnxCpu));

/** What is said in a world, by networks that learnt nothing. */
async function saidIn(world: CharacterWorld, skill: number): Promise<readonly Utterance[]> {
  const network = (seed: number): Float32Array =>
    initialParameters(layoutOf(architectureOf(world)), stream(seed, 'init'));
  const { data } = await transcript.of(compare(programs, world, sft({ skill }), network(1), network(2)));
  return data;
}

/** Whether a kind of speaker has prompts in these payloads on which its own and the trained answer differ. */
function hasTelling(world: CharacterWorld, skill: number, { who, sameTopic }: Utterance): boolean {
  const { target, families, payloads, setup } = world;
  const asked =
    who === 'target' && sameTopic ? payloads.reporting : payloads.reporting.slice(0, setup.world.payloadsPerBystander);
  const cells = cellsOf(setup).filter(({ character, topic }) =>
    who === 'target'
      ? character === target.character && (topic === target.topic) === sameTopic
      : character !== target.character &&
        topic === target.topic &&
        (families[character] === families[target.character]) === (who === 'same family'),
  );
  const differing = cells.flatMap(({ character, topic }) =>
    asked.filter(
      (payload) => `${ownAnswer(world, character, topic, payload)}` !== `${trainedAnswer(world, skill, payload)}`,
    ),
  );
  return differing.length >= 2;
}

test.each([
  0, 0.5, 1,
])('rows of a transcript at s = %d tell own from trained answers wherever the world has such prompts', async (skill) => {
  let telling = 0;
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const world = drawWorld(small, seed);
    for (const said of await saidIn(world, skill)) {
      if (!hasTelling(world, skill, said)) continue;
      expect(said.own, `seed ${seed}: ${said.who}, ${said.prompt}`).not.toBe(said.trained);
      telling++;
    }
  }
  expect(telling).toBeGreaterThan(40);
});

test('where no prompt tells the answers apart, the first ones are shown', async () => {
  const world = drawWorld(small, 5);
  const { target, dispositions } = world;
  const alike = new CharacterWorld({
    ...world,
    dispositions: dispositions.map((row) => row.map(() => target.operation)),
  });
  const said = await saidIn(alike, 0);
  expect(said.map(({ who, sameTopic }) => `${who} ${sameTopic}`)).toEqual([
    ...['target true', 'target true', 'target false', 'target false'],
    ...['same family true', 'same family true', 'other family true', 'other family true'],
  ]);
  for (const { own, trained } of said) expect(own).toBe(trained);
});
