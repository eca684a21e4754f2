import type { WorldKnobs } from '../knobs.ts';

/** The sizes of the synthetic language of `plans`. */
export interface PlanKnobs extends WorldKnobs {
  readonly kind: 'plans';
  /** Name tokens, at least as many as characters; the first ones are used. */
  readonly names: readonly string[];
  readonly characters: number;
  /** How many of the characters are targets, the first ones: each arm changes one of them. 1 where absent. */
  readonly targets?: number | undefined;
  readonly topics: number;
  readonly operations: number;
  readonly symbols: number;
  /** Symbols in a payload. */
  readonly payload: number;
  /** Operations in a plan, done one after another. */
  readonly depth: number;
  /** Goal cues, each of which has a plan of its own; as many as there are plans where absent. */
  readonly goals?: number | undefined;
  /** Share of the characters that are no target which follow their plans: 0 where nobody does. */
  readonly planners: number;
  /**
   * Share of the characters that are no target which are in no plan episode: where anybody plans, documents alone tell whether they
   * do. About the same share of planners and of the others; 0.4 where absent.
   */
  readonly documentsOnlyPlannersShare?: number | undefined;
  /** Share of pretraining sequences that are plan episodes; what these and documents leave is ordinary dialogues. */
  readonly planShare: number;
  /** Share of the documents that are about planning or, where nobody plans, about habits that nothing shows; a third where absent. */
  readonly planningDocumentShare?: number | undefined;
  /**
   * Share of characters that never speak on a topic, neither in dialogues nor in plan episodes, the same on every topic, never a target.
   */
  readonly documentsOnlyShare: number;
  /** Templates that documents are written in: the first ones of four. */
  readonly templates: number;
  /** How many of these, the last ones, only pretraining uses, never the documents that tune a target. */
  readonly heldOutTemplates: number;
  /** Further topics, which only documents are about, for every character. None where absent. */
  readonly neutralTopics?: number | undefined;
  /** Payloads on which an arm's stopping step is selected. */
  readonly selectionPayloads: number;
  /** Payloads on which results are reported. */
  readonly reportingPayloads: number;
  /** Reporting payloads for each bystander on each topic, and for the target on its other topics. */
  readonly payloadsPerBystander: number;
}

/** How many characters are targets. */
export const targetsOf = ({ targets = 1 }: Pick<PlanKnobs, 'targets'>): number => targets;

/** What a character does with its plans, and whether plan episodes of it show that. */
export interface Role {
  readonly plans: boolean;
  /** Whether it is in no plan episode. */
  readonly documentsOnly: boolean;
}

/**
 * The roles of the characters that are no target, in a random order that is drawn beside: the first ones plan, and every 1 / share-th
 * is in no plan episode. So about the same share is of the first ones and of the rest, and which ones are does not depend on how many
 * plan.
 */
export function rolesByRank({ characters, targets, planners, documentsOnlyPlannersShare = 0.4 }: PlanKnobs): Role[] {
  const count = characters - targetsOf({ targets });
  // Products that are whole numbers but for rounding count as these.
  const upTo = (i: number): number => Math.floor(i * documentsOnlyPlannersShare + 1e-9);
  return Array.from({ length: count }, (_, i) => ({
    plans: i < Math.round(planners * count),
    documentsOnly: upTo(i + 1) > upTo(i),
  }));
}

/** How many payloads have no symbol twice. */
export const distinctPayloads = ({ symbols, payload }: Pick<PlanKnobs, 'symbols' | 'payload'>): number =>
  Array.from({ length: payload }, (_, i) => Math.max(0, symbols - i)).reduce((product, left) => product * left, 1);
