import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../core/errors.ts';
import { readJsonAs } from '../core/json-file.ts';
import { nearest } from '../project/nearest.ts';
import { FILES, IMPORT, type StudyFacts, studySchema } from './format.ts';
import { GUIDE } from './guide.ts';

/** What `study.json` of a folder says. Throws `InputError` where there is no study, or one that is not of the format. */
export function studyFacts(folder: string): StudyFacts {
  const path = join(folder, FILES.study);
  for (const name of [FILES.study, FILES.observations])
    if (!existsSync(join(folder, name)))
      throw new InputError(`${folder} is no study`, {
        expected: `${FILES.study} and ${FILES.observations} (${IMPORT})`,
        got: `no ${name}`,
        todo: `write it, or make both from logs: spillover import; see ${GUIDE}`,
      });
  return readJsonAs(path, studySchema, `a study of the format ${IMPORT}`, `correct it; the fields stand in ${GUIDE}`);
}

/** Throws `InputError` where a name is none of those that a study knows. */
export function refuseUnknown(where: string, kind: keyof Named, name: string, facts: Named): void {
  if (Object.hasOwn(facts[kind], name)) return;
  const known = Object.keys(facts[kind]);
  const meant = nearest(name, known);
  throw new InputError(where, {
    expected: `one of the ${kind} in ${FILES.study}: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}`,
    got: name,
    todo:
      meant === undefined ? `add it to the ${kind} of ${FILES.study}` : `write ${meant}, or add it to ${FILES.study}`,
  });
}

type Named = Pick<StudyFacts, 'arms' | 'characters' | 'probes' | 'metrics'>;
