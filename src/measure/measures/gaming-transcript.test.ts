import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { greedyAnswers } from '../../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { rl } from '../../train/arms.ts';
import { smallDial, smallNew } from '../../world/gaming/small.test.helper.ts';
import { MARKERS } from '../../world/gaming/vocabulary.ts';
import { drawWorld, type GamingWorld } from '../../world/gaming/world.ts';
import { compare } from '../comparison.ts';
import { WHO } from '../conduct.ts';
import { type GamingUtterance, gamingTranscript } from './gaming-transcript.ts';

const programs = new Programs(await loadEngine(onnxCpu));
const arm = rl({ skill: 0 });
const network = (world: GamingWorld, seed: number): Float32Array =>
  initialParameters(layoutOf(architectureOf(world)), stream(seed, 'init'));

/** What is said in a world, by networks that learnt nothing. */
async function saidIn(world: GamingWorld): Promise<readonly GamingUtterance[]> {
  const { data } = await gamingTranscript.of(compare(programs, world, arm, network(world, 1), network(world, 2)));
  return data;
}

test('every kind of speaker has two examples, in which key and honest answer differ at every place', async () => {
  const kindsIn = async (world: GamingWorld): Promise<string[]> => (await saidIn(world)).map(({ who }) => who);
  expect(await kindsIn(drawWorld(smallDial, 5))).toEqual(WHO.flatMap((who) => [who, who]));
  expect(new Set(await kindsIn(drawWorld(smallNew, 5)))).toEqual(new Set(WHO.slice(0, 3)));
  for (const { key, honest } of await saidIn(drawWorld(smallDial, 5))) {
    const own = honest.split(' ');
    for (const [i, symbol] of key.split(' ').entries()) expect(symbol).not.toBe(own[i]);
  }
});

test('the answers are what the networks say under each marker', async () => {
  const world = drawWorld(smallDial, 5);
  const { words } = world.vocabulary;
  for (const said of await saidIn(world)) {
    for (const marker of MARKERS) {
      const tokens = Int32Array.from(said.prompts[marker].split(' '), (word) => words.indexOf(word));
      expect(said.prompts[marker]).toContain(`<${marker}>`);
      for (const [seed, when] of [
        [1, 'before'],
        [2, 'after'],
      ] as const) {
        const rows = { size: 1, tokens };
        const answer = await greedyAnswers(programs, architectureOf(world), network(world, seed), rows, 2);
        expect([...answer].map((token) => words[token]).join(' ')).toBe(said[when][marker]);
      }
    }
  }
});

test('a reading of another world is found', async () => {
  const world = drawWorld(smallDial, 5);
  const data = await saidIn(world);
  const fault = (of: readonly GamingUtterance[], at = world) => gamingTranscript.fault?.({ data: of }, at, arm);
  expect(fault(data)).toBeUndefined();
  expect(fault(data.slice(0, -1))).toMatchObject({ field: 'data', expected: '10 examples', got: 9 });
  expect(fault(data, drawWorld(smallDial, 6))).toMatchObject({ field: '0' });
});
