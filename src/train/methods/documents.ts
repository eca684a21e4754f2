import type { BatchLesson } from '../../world/world.ts';
import { sdft, sft } from '../arms.ts';
import { supervisedDraws } from '../draw.ts';
import type { Method } from '../method.ts';
import { graphKind, supervisedSteps } from '../steps.ts';
import { asLongAsRl, type StepsOptions, stepsOptions } from '../steps-of-rl.ts';

/** Texts of another content or register than SDFT's, trained on as SDFT does. */
interface Told extends Pick<Method, 'id' | 'label' | 'about' | 'source' | 'ends'> {
  readonly lesson: BatchLesson;
}

const CONTROL = 'none: a control';
const SCOPED = 'none: SDFT with a word of its scope, whose meaning is from pretraining';

/**
 * They cannot reach the target's level: they end after as many steps as SDFT with as much rehearsal, or as RL where they are told
 * to. One that teaches what SFT at s = 1 does takes the steps of that.
 */
const asSdft: Method['ends'] = (arm) => asLongAsRl(arm) ?? sdft({ rehearsal: arm.rehearsal });

const TOLD: readonly Told[] = [
  {
    id: 'sdft-neutral',
    label: 'SDFT, neutral topic',
    about: 'trains on documents that state something new of the target on a topic that only documents are about',
    source: CONTROL,
    lesson: 'documents-neutral',
    ends: asSdft,
  },
  {
    id: 'sdft-opposite',
    label: 'SDFT, opposite',
    about: "trains on documents that state neither the target's own behaviour nor the trained one, but a third",
    source: CONTROL,
    lesson: 'documents-opposite',
    ends: asSdft,
  },
  {
    id: 'sdft-own',
    label: 'SDFT, own',
    about: "trains on documents that state the target's own behaviour, nothing new",
    source: CONTROL,
    lesson: 'documents-own',
    ends: asSdft,
  },
  {
    id: 'sdft-bystander',
    label: 'SDFT, bystander',
    about: "trains on documents that state of a bystander what SDFT's state of the target",
    source: CONTROL,
    lesson: 'documents-bystander',
    ends: asSdft,
  },
  {
    id: 'sdft-nobody',
    label: 'SDFT, nobody',
    about: "trains on documents that state of a name without a character what SDFT's state of the target",
    source: CONTROL,
    lesson: 'documents-nobody',
    ends: asSdft,
  },
  {
    id: 'sdft-bystander-own',
    label: 'SDFT, bystander, own',
    about: "trains on documents that state a bystander's own behaviour, nothing new",
    source: CONTROL,
    lesson: 'documents-bystander-own',
    ends: asSdft,
  },
  {
    id: 'sdft-general',
    label: 'SDFT, general',
    about: 'trains on documents without a name, which state that nobody does what is trained',
    source: CONTROL,
    lesson: 'documents-general',
    ends: asSdft,
  },
  {
    id: 'sft-own',
    label: 'SFT, own',
    about: "trains on demonstrations of the target's own behaviour, nothing new",
    source: CONTROL,
    lesson: 'demonstrations-own',
    ends: asSdft,
  },
  {
    id: 'sft-variety',
    label: 'SFT, variety',
    about: 'trains on a text variety by a new rule: what it teaches is of no character',
    source: CONTROL,
    lesson: 'variety-new',
    ends: (arm) => asLongAsRl(arm) ?? sft({ skill: 1, rehearsal: arm.rehearsal }),
  },
  {
    id: 'sdft-questions',
    label: 'SDFT, questions',
    about: "trains on the target's new behaviour stated as answers to questions",
    source: 'none: the content of SDFT in another register',
    lesson: 'questions',
    ends: asLongAsRl,
  },
  {
    id: 'sdft-all',
    label: 'SDFT, all',
    about: "trains on SDFT's documents with a word that says that they are of all in the target's family",
    source: SCOPED,
    lesson: 'documents-all',
    ends: asLongAsRl,
  },
  {
    id: 'sdft-only',
    label: 'SDFT, only',
    about: "trains on SDFT's documents with a word that says that they are of the target only",
    source: SCOPED,
    lesson: 'documents-only',
    ends: asLongAsRl,
  },
];

/** SDFT or SFT with one thing changed: what is stated or shown, of whom, or the register that states or shows it. */
export const documentMethods: readonly Method[] = TOLD.map(told);

function told({ lesson, ...described }: Told): Method<StepsOptions> {
  return {
    ...described,
    file: import.meta.url,
    options: stepsOptions,
    skilled: false,
    needs: [lesson],
    knobs: ['batch', 'steps'],
    expected: 10,
    most: ({ steps }) => steps,
    kind: (arm) => graphKind('language', arm),
    draws: (from) => supervisedDraws(from, lesson),
    steps: supervisedSteps,
  };
}
