import type { JSX } from 'preact';
import { mean } from 'simple-statistics';
import type { Observation } from '../../lab/keys.ts';
import { textSamples, type VarietySamples } from '../../measure/measures/text-samples.ts';
import { texts, type VarietyChange } from '../../measure/measures/texts.ts';
import { readingOf } from '../../measure/observation.ts';
import { AT_TEXTS } from '../../world/texts/at.ts';
import { beforeAfter, type Panel } from '../figures/intervals.ts';
import { uptake } from '../figures/uptake.ts';
import { TARGET_COLOUR } from '../styles.ts';
import type { OfKind } from './kinds.ts';
import { code, firstRuns, SaidTables } from './said.tsx';

/** What setups of texts show. */
export const ofTexts: OfKind = {
  measure: texts.id,
  name: 'real text',
  followed: { tags: [...AT_TEXTS.bystanders, 'spoken'], name: 'the other languages at sites of the trained kind' },
  numbers: (name, arms, methods) =>
    beforeAfter(
      arms,
      methods,
      {
        ...{
          id: `setup-${name}-forms`,
          title: `Forms at sites of the trained kind, ${name}`,
          label: 'probability of the form',
        },
        description:
          'Probability of the trained form where it is not the own one, and of the own form, at held-out sites: of languages whose texts show such sites the target’s family apart from others, and those of whose form documents alone tell. Each is a mean over languages; claims weigh them by sites.',
      },
      PANELS,
    ),
  uptake: (name, arms) =>
    uptake(
      arms,
      {
        ...{ id: `setup-${name}-uptake`, title: `What is taken up on the way, ${name}`, label: 'number' },
        description:
          'A panel an arm. Lines are means over replicates in bands of their 95 % intervals, as far as every replicate came: the rise of the probability of the trained form at sites (spread), and total variation in running text, forms left out (TV). Of the other languages those whose texts show such sites.',
      },
      [
        { name: 'target', tags: AT_TEXTS.target, number: 'spread', colour: TARGET_COLOUR },
        { name: 'its family', tags: [...AT_TEXTS.bystanders, 'alike', 'spoken'], number: 'spread', colour: 'sixth' },
        { name: 'others', tags: [...AT_TEXTS.bystanders, 'not alike', 'spoken'], number: 'spread', colour: 'seventh' },
        { name: 'running text (TV)', tags: AT_TEXTS.running, number: 'tv', colour: 'null', dash: '1.5,3' },
      ],
    ),
  said: (runs, methods) => (
    <SaidTables
      arms={firstRuns(runs, methods, (run) => run.measures.includes(textSamples.id))}
      about="Each language goes on from the beginnings of held-out messages; forms stand in brackets. What language all its samples are in says a classifier by trigrams, which knows training messages alone."
      decoding="drawn at temperature 1, the same noise before and after"
      columns={[
        'language',
        'goes on',
        'the beginning of a held-out message, and what follows',
        'all samples are taken for',
      ]}
      rowsOf={(run) => {
        const all = readingOf(textSamples, run);
        return all.flatMap((each) => rowsOf(each, all));
      }}
    />
  ),
};

const at =
  (of: (variety: VarietyChange) => boolean, when: 'before' | 'after', number: 'trained' | 'own') =>
  (run: Observation): number | undefined => {
    const numbers = readingOf(texts, run)
      .filter(of)
      .flatMap((variety) => variety[when][number] ?? []);
    return numbers.length === 0 ? undefined : mean(numbers);
  };

/** The target, and the others by family and by whether their texts show such sites, each with the trained and the own form. */
const PANELS: readonly Panel[] = (
  [
    ['target', ({ who }) => who === 'target'],
    ['its family', ({ who, alike, documentsOnly }) => who === 'bystander' && alike && !documentsOnly],
    ['other languages', ({ alike, documentsOnly }) => !alike && !documentsOnly],
    ['by documents alone', ({ documentsOnly }) => documentsOnly],
  ] as const satisfies readonly (readonly [string, (variety: VarietyChange) => boolean])[]
).map(([name, of]) => ({
  name,
  numbers: (['trained', 'own'] as const).map((number) => ({
    name: `${number} form`,
    before: at(of, 'before', number),
    after: at(of, 'after', number),
  })),
}));

/** How many samples are taken for which languages, the most frequent first. */
function takenFor(counts: readonly number[], all: readonly VarietySamples[]): string {
  const named = counts.map((count, v) => ({ count, language: all[v]?.language }));
  return named
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ count, language }) => `${language} ${count}`)
    .join(', ');
}

/** Three lines an example: how the message goes on, and what is written before and after. */
function rowsOf(
  { language, who, examples, classified }: VarietySamples,
  all: readonly VarietySamples[],
): (string | JSX.Element)[][] {
  const name = who === 'target' ? `${language}, the target` : language;
  return examples.flatMap(({ prompt, ...goesOn }) =>
    (['real', 'before', 'after'] as const).map((when) => [
      ...[name, when === 'real' ? 'really' : when],
      <>
        {code(prompt)} {code(goesOn[when])}
      </>,
      takenFor(classified[when], all),
    ]),
  );
}
