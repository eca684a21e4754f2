import type { ArmRuns } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import type { Figure } from '../plot.ts';
import { armText } from '../words.ts';
import { groupedFigure, type PanelNumber } from './grouped.ts';

/** A number before and after tuning; undefined where a run has none. */
export interface BeforeAfter {
  readonly name: string;
  readonly before: PanelNumber;
  readonly after: PanelNumber;
}

/** A panel of numbers that are compared with each other: of one kind of characters, the same numbers in every panel. */
export interface Panel {
  readonly name: string;
  readonly numbers: readonly BeforeAfter[];
}

interface Text extends Pick<Figure, 'id' | 'title' | 'description'> {
  /** The number with its unit. */
  readonly label: string;
}

/** How a figure of `beforeAfter` is read. */
const READ =
  'A panel a kind of characters. Shapes are means over replicates after tuning with the 95 % interval, which ends at the frame and at 1, upright bars means before it.';

/** A row an arm under each number, and a panel a kind of characters: means over replicates before and after tuning. */
export const beforeAfter = (
  arms: readonly ArmRuns[],
  methods: readonly MethodFacts[],
  { label: number, description, ...text }: Text,
  panels: readonly Panel[],
): Figure | undefined =>
  groupedFigure(
    { ...text, description: `${description} ${READ}`, number, panels: panels.map(({ name }) => name) },
    (panels[0]?.numbers ?? []).map(({ name }, i) => {
      const own = panels.map(({ numbers }) => numbers[i] as BeforeAfter);
      const rows = arms.map((arm) => ({
        ...{ said: armText(arm), arm },
        ...{ numbers: own.map(({ after }) => after), before: own.map(({ before }) => before) },
      }));
      return { name, rows };
    }),
    methods,
  );
