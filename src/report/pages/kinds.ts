import type { JSX } from 'preact';
import type { ArmRuns } from '../../records/groups.ts';
import type { ArmLine } from '../../records/lines.ts';
import type { Records } from '../../records/read.ts';
import type { Figure } from '../plot.ts';

/** What the page of a setup shows beside what all of them do, where its kind of world has more to show. */
export interface OfKind {
  /** The measure that tells such a setup by being read there. */
  readonly measure: string;
  /** The places of bystanders whose spread is followed, by their tags, with what they are called. */
  readonly followed: { readonly tags: readonly string[]; readonly name: string };
  /** What worlds of this kind are called in headings. */
  readonly name: string;
  /** Figures of its own numbers, of all arms, and of the course of those that start at the base. */
  readonly numbers: (name: string, arms: readonly ArmRuns[], methods: Records['methods']) => Figure | undefined;
  readonly uptake: (name: string, arms: readonly ArmRuns[]) => Figure | undefined;
  /** What is said before and after each arm. */
  readonly said: (runs: readonly ArmLine[], methods: Records['methods']) => JSX.Element | null;
}
