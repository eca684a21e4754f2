import type { Item, Observation, StudyFacts } from '../format.ts';
import type { MappedInput } from '../mapping.ts';

/** A row as a log has it: what it does not say comes from the mapping. */
export type LoggedRow = Partial<Omit<Observation, 'value'>> & Pick<Observation, 'value'>;
export type LoggedItem = Partial<Omit<Item, 'value' | 'item'>> & Pick<Item, 'value' | 'item'>;

/** What one log says. */
export interface Logged {
  readonly rows: readonly LoggedRow[];
  readonly items?: readonly LoggedItem[];
  /** What can be told of the metrics and probes of these rows. */
  readonly metrics?: StudyFacts['metrics'];
  readonly probes?: StudyFacts['probes'];
  /** What a reader of the study should know of this log, a sentence each. */
  readonly notes?: readonly string[];
}

/** A kind of log, by the tool that writes it: one file of this folder, and a line in the list. */
export interface Adapter {
  readonly id: string;
  /** The tool, and the files of it that are read. */
  readonly about: string;
  /** What the log at a path says. Throws `InputError`, with the file and where in it, on what is none. */
  readonly read: (path: string, input: MappedInput) => Promise<Logged>;
}
