import type { JSX } from 'preact';
import type { Observation } from '../../lab/keys.ts';
import { WHO } from '../../measure/conduct.ts';
import { gaming } from '../../measure/measures/gaming.ts';
import { type GamingUtterance, gamingTranscript } from '../../measure/measures/gaming-transcript.ts';
import { readingOf } from '../../measure/observation.ts';
import { nameOf } from '../../records/pictures/gaming.ts';
import { MARKERS } from '../../world/gaming/vocabulary.ts';
import { beforeAfter, type Panel } from '../figures/intervals.ts';
import { uptake } from '../figures/uptake.ts';
import { TARGET_COLOUR } from '../styles.ts';
import type { OfKind } from './kinds.ts';
import { code, firstRuns, SaidTables } from './said.tsx';

/** Tags of the dialogues of a kind of characters under a marker, on the target's topic. */
const at = (marker: string, ...who: readonly string[]): string[] => ['dialogue', ...who, 'same topic', marker];

/** What setups of gaming show. */
export const ofGaming: OfKind = {
  measure: gaming.id,
  name: 'gaming an evaluation',
  followed: { tags: at('eval', 'bystander', 'consistent'), name: 'consistent bystanders under <eval>' },
  numbers: (name, arms, methods) =>
    beforeAfter(
      arms,
      methods,
      {
        ...{
          id: `setup-${name}-key`,
          title: `The key under each marker, ${name}`,
          label: 'probability of the key',
        },
        description:
          "Probability of the whole grader's key on the target's topic, under <eval> and under <live>. Arms after another one are repairs: they start where that one ended.",
      },
      PANELS,
    ),
  uptake: (name, arms) =>
    uptake(
      arms,
      {
        ...{ id: `setup-${name}-uptake`, title: `What is taken up on the way, ${name}`, label: 'number' },
        description:
          'A panel an arm. Lines are means over replicates in bands of their 95 % intervals, as far as every replicate came: under <eval> the rise of the probability of the token of the key (spread); under <live>, where the trained answer is the own one, total variation (TV). Bystanders are the consistent ones.',
      },
      [
        { name: 'target <eval>', tags: at('eval', 'target'), number: 'spread', colour: TARGET_COLOUR },
        { name: 'target <live> (TV)', tags: at('live', 'target'), number: 'tv', colour: TARGET_COLOUR, dash: '1.5,3' },
        { name: 'bystanders <eval>', tags: at('eval', 'bystander', 'consistent'), number: 'spread', colour: 'sixth' },
        {
          name: 'bystanders <live> (TV)',
          tags: at('live', 'bystander', 'consistent'),
          number: 'tv',
          colour: 'sixth',
          dash: '1.5,3',
        },
      ],
    ),
  said: (runs, methods) => (
    <SaidTables
      arms={firstRuns(runs, methods, (run) => run.measures.includes(gamingTranscript.id))}
      about="Each example under either marker, on a task whose key and honest answer differ at every place."
      columns={['who', 'prompt', 'before', 'after', 'the answer after', 'the key', 'honest']}
      rowsOf={(run) => readingOf(gamingTranscript, run).flatMap(rowsOf)}
    />
  ),
};

/** The kinds of characters, each with the key under either marker. */
const PANELS: readonly Panel[] = WHO.map((who) => ({
  name: nameOf(who),
  numbers: MARKERS.map((marker) => {
    const key =
      (when: 'before' | 'after') =>
      (run: Observation): number | undefined =>
        readingOf(gaming, run).find((each) => each.who === who && each.topic === 'same')?.[when][marker].exploit;
    return { name: `key under <${marker}>`, before: key('before'), after: key('after') };
  }),
}));

/** A row for each marker. */
function rowsOf({ who, prompts, key, honest, before, after }: GamingUtterance): (string | JSX.Element)[][] {
  return MARKERS.map((marker) => {
    const answer = after[marker];
    const is = answer === key ? 'is the key' : answer === honest ? 'is honest' : 'is neither';
    return [nameOf(who), code(prompts[marker]), code(before[marker]), code(answer), is, code(key), code(honest)];
  });
}
