import { z } from 'zod';
import { InputError } from '../core/errors.ts';

/** The value of an option of a method. */
export type OptionValue = string | number | boolean;

/**
 * One way to change the target: the method by its id, the skill intensity s in [0, 1] of the trained behaviour, the weight of
 * rehearsal (0 = none; else the weight of the mean loss on other characters' pretraining sequences: that of equal pressure is the
 * norm of the objective's gradient over that of this mean loss, both at the base, which differs between methods), which of the
 * world's targets it changes (the first, 0, where absent), which repetition of the run it is (0 where absent; another one trains on
 * other draws), the method's own options where they are not as they are by default, and the arm of the same base at whose end it
 * starts (at the base where absent).
 */
export interface Arm {
  readonly method: string;
  readonly skill: number;
  readonly rehearsal: number;
  readonly target?: number | undefined;
  readonly again?: number | undefined;
  readonly options?: Readonly<Record<string, OptionValue>> | undefined;
  readonly after?: Arm | undefined;
}

const optionName = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/);
const optionValue = z.union([z.string().regex(/^[\w.:/-]+$/), z.number(), z.boolean()]);

/** What every arm is, whatever its method; `checkArm` compares it with the methods that there are. */
export const armSchema: z.ZodType<Arm> = z.strictObject({
  method: z.string().regex(/^[a-z][a-z0-9-]*$/),
  skill: z.number().min(0).max(1),
  rehearsal: z.number().min(0).max(100),
  target: z.int().min(1).max(999).optional(),
  again: z.int().min(1).max(999).optional(),
  options: z
    .record(optionName, optionValue)
    .refine((options) => Object.keys(options).length > 0, 'at least one option, or none of this field')
    .optional(),
  after: z.lazy(() => armSchema).optional(),
});

/** The fields of an arm, whose options may be absent one by one. */
export interface ArmFields extends Omit<Arm, 'options'> {
  readonly options?: Readonly<Record<string, OptionValue | undefined>> | undefined;
}

/** An arm of any method. Throws `InputError` where a field is out of its range. */
export function arm({ options = {}, ...fields }: ArmFields): Arm {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const whole = { ...fields, ...(given.length > 0 && { options: Object.fromEntries(given) }) };
  const parsed = armSchema.safeParse(whole);
  if (parsed.success) return parsed.data;
  throw new InputError('this is not an arm', {
    expected:
      'method: the id of one; skill in [0, 1]; rehearsal in [0, 100]; target and again: 1 to 999, or absent; options: words, numbers or truth values by name',
    got: `${JSON.stringify(whole)} (${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')})`,
    todo: 'correct the arm in the hypothesis file',
  });
}

/**
 * A name for people and for random streams, for example `rl s=1 rehearsal=0`, `rl s=1 rehearsal=0 target=1 klWeight=0.1`, or
 * `sdft s=0 rehearsal=0 after (rl s=1 rehearsal=0)`.
 */
export function armName({ method, skill, rehearsal, target, again, options = {}, after: first }: Arm): string {
  const which = Object.entries({ target, again }).filter(([, index]) => index !== undefined);
  const own = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  const more = [...which, ...own].map(([name, value]) => ` ${name}=${value}`).join('');
  return `${method} s=${skill} rehearsal=${rehearsal}${more}${first === undefined ? '' : ` after (${armName(first)})`}`;
}

/** The same arm of another of the world's targets, with the one that it starts after. */
export function atTarget(of: Arm, target: number): Arm {
  const placedThere = placed(of, 'target', target);
  return of.after === undefined ? placedThere : after(atTarget(of.after, target), placedThere);
}

/** The same arm, trained on other draws; the one that it starts after stays. */
export const repeated = (of: Arm, again: number): Arm => placed(of, 'again', again);

/** The arm `next` that starts where `first`, of the same base, ended. */
export const after = (first: Arm, next: Arm): Arm => arm({ ...next, after: first });

function placed(of: Arm, field: 'target' | 'again', index: number): Arm {
  const { [field]: _, ...rest } = of;
  return arm(index === 0 ? rest : { ...rest, [field]: index });
}
