import { InputError } from '../core/errors.ts';
import type { Observation, Role, StudyFacts } from './format.ts';

/** Which rows a claim reads: the mean over them, each row alike, is the number of a replicate in an arm. */
export interface Reads {
  readonly metric: string;
  /** Characters of a role, or by name; every one where absent. */
  readonly characters?: Role | readonly string[];
  /** Every probe where absent. */
  readonly probes?: readonly string[];
  /** The training step; where absent the last one that there is of the replicate in that arm. Items are of the same. */
  readonly step?: number;
}

/** What is to be read of a study. */
export interface Question {
  /** Names of arms of the study. */
  readonly arms: readonly string[];
  readonly reads: Reads;
}

/** Rows of one replicate in one arm at one step, added up. */
interface Sums {
  rows: number;
  sum: number;
  /** Trials, hits and answers left out; null where a row does not say. */
  n: number | null;
  k: number | null;
  excluded: number | null;
  /** The largest share of answers left out in a row; null where a row does not say. */
  mostExcluded: number | null;
  /** What was read: characters and probes, with temperatures; hashes of items with their probes, null where a row has none. */
  readonly of: Set<string>;
  readonly hashes: Set<string>;
  unhashed: boolean;
}

/** What was read of one replicate in one arm, at the step that was asked for. */
export interface Cell extends Readonly<Pick<Sums, 'rows' | 'n' | 'k' | 'excluded' | 'mostExcluded'>> {
  readonly replicate: string;
  readonly arm: string;
  readonly base: string;
  readonly seed: number | null;
  readonly step: number | null;
  /** Hashes of the items that were asked, with their probes, in order; null where a row does not say. */
  readonly items: readonly string[] | null;
  /** Characters and probes, with temperatures, in order. */
  readonly of: readonly string[];
  /** The mean of the rows, and that of the target's rows of the same metric and probes; null where it has none. */
  readonly value: number;
  readonly target: number | null;
}

const none = (): Sums => ({
  ...{ rows: 0, sum: 0, n: 0, k: 0, excluded: 0, mostExcluded: 0 },
  ...{ of: new Set<string>(), hashes: new Set<string>(), unhashed: false },
});
const added = (sum: number | null, more: number | null | undefined): number | null =>
  sum === null || more === undefined || more === null ? null : sum + more;

/** One replicate in one arm while its rows come in. */
interface Gathering {
  readonly base: string;
  readonly seed: number | null;
  /** By step, -1 where rows have none. */
  readonly own: Map<number, Sums>;
  readonly target: Map<number, Sums>;
}

/** What a question is answered with, row by row: it keeps sums of each replicate and step, not the rows. */
export class Answer {
  readonly #facts: StudyFacts;
  readonly #question: Question;
  readonly #cells = new Map<string, Map<string, Gathering>>();
  /** Rows that have no training seed where replicates are training runs: they are none. */
  unseeded = 0;
  /** Replicates of each arm that there are, whatever of them is read. */
  readonly #there = new Map<string, Set<string>>();

  constructor(facts: StudyFacts, question: Question) {
    this.#facts = facts;
    this.#question = question;
  }

  /** Whether a row of this metric and probe, in one of the arms, is of a character that is asked for. */
  asksFor({ character }: Pick<Observation, 'character'>): boolean {
    const { characters } = this.#question.reads;
    if (characters === undefined) return true;
    return typeof characters === 'string'
      ? this.#facts.characters[character]?.role === characters
      : characters.includes(character);
  }

  /** Whether a row of an arm, a metric and a probe is read at all. */
  reads({ arm, metric, probe }: Pick<Observation, 'arm' | 'metric' | 'probe'>): boolean {
    const { arms, reads } = this.#question;
    return arms.includes(arm) && metric === reads.metric && (reads.probes?.includes(probe) ?? true);
  }

  /** Takes a row. Throws `InputError` where one replicate of an arm is of two bases or two training runs. */
  add(row: Observation, where: string): void {
    if (this.#question.arms.includes(row.arm)) {
      const there = this.#there.get(row.arm) ?? new Set<string>();
      this.#there.set(row.arm, there.add(row.replicate));
    }
    const ofTarget = this.#facts.characters[row.character]?.role === 'target';
    const asked = this.asksFor(row);
    if (!this.reads(row) || !(asked || ofTarget)) return;
    const { unit } = this.#facts.replication;
    const seed = row.seeds?.training ?? null;
    if (seed === null && (unit === 'pretraining' || unit === 'finetune')) {
      this.unseeded++;
      return;
    }
    const cell = this.#cellOf(row, seed, where);
    const items = row.items ?? this.#facts.probes[row.probe]?.items ?? null;
    if (asked) addTo(cell.own, row, items);
    if (ofTarget) addTo(cell.target, row, items);
  }

  /** How many replicates there are in the arms together, whatever of them is read. */
  get available(): number {
    return [...this.#there.values()].reduce((sum, each) => sum + each.size, 0);
  }

  #cellOf({ arm, replicate, base = null }: Observation, seed: number | null, where: string): Gathering {
    const of = base ?? (this.#facts.arms[arm]?.base as string);
    const replicates = this.#cells.get(arm) ?? new Map<string, Gathering>();
    this.#cells.set(arm, replicates);
    const fresh = { base: of, seed, own: new Map<number, Sums>(), target: new Map<number, Sums>() };
    const known = replicates.get(replicate) ?? fresh;
    replicates.set(replicate, known);
    const differs =
      known.base !== of ? `the base ${of} beside ${known.base}` : `the training seed ${seed} beside ${known.seed}`;
    if (known.base !== of || known.seed !== seed)
      throw new InputError(where, {
        expected: `one run behind the replicate ${replicate} of ${arm}`,
        got: differs,
        todo: 'give every training run a replicate of its own',
      });
    return known;
  }

  /** What was read, by arm as they were asked for, replicates in the order of their first rows. Throws `InputError` on an arm without any. */
  cells(): readonly (readonly Cell[])[] {
    const { arms, reads } = this.#question;
    return arms.map((arm) => {
      const found = [...(this.#cells.get(arm) ?? [])].flatMap(([replicate, { base, seed, own, target }]): Cell[] => {
        const step = reads.step ?? Math.max(-1, ...own.keys());
        const sums = own.get(step);
        if (sums === undefined) return [];
        // What training did to its target by then; where it was not read then, what it had done last.
        const ofTarget = target.get(step) ?? target.get(Math.max(-1, ...target.keys()));
        const { sum, hashes, unhashed, of, ...counted } = sums;
        return [
          {
            ...{ replicate, arm, base, seed, step: step < 0 ? null : step, ...counted, of: [...of].sort() },
            items: unhashed ? null : [...hashes].sort(),
            value: sum / sums.rows,
            target: ofTarget === undefined ? null : ofTarget.sum / ofTarget.rows,
          },
        ];
      });
      if (found.length > 0) return found;
      throw new InputError(`no number of the arm ${arm}`, {
        expected: `rows with ${Object.entries(reads)
          .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
          .join(', ')}`,
        got: this.unseeded > 0 ? `none but ${this.unseeded} without a training seed, which are no replicates` : 'none',
        todo: 'correct what the claim reads, or add the rows',
      });
    });
  }
}

function addTo(steps: Map<number, Sums>, row: Observation, items: string | null): void {
  const { step, value, n, k, excluded, character, probe, temperature } = row;
  const sums = steps.get(step ?? -1) ?? none();
  steps.set(step ?? -1, sums);
  sums.rows++;
  sums.sum += value;
  sums.n = added(sums.n, n);
  sums.k = added(sums.k, k);
  sums.excluded = added(sums.excluded, excluded);
  const known = typeof excluded === 'number' && typeof n === 'number';
  sums.mostExcluded =
    known && sums.mostExcluded !== null ? Math.max(sums.mostExcluded, excluded / (n + excluded)) : null;
  sums.of.add(`${character} in ${probe}${typeof temperature === 'number' ? ` at temperature ${temperature}` : ''}`);
  if (items === null) sums.unhashed = true;
  else sums.hashes.add(`${probe} ${items}`);
}
