import { InputError } from '../core/errors.ts';

/** The code of an error of the file system; undefined of any other. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/** The `InputError` for a failure of a store that the user can mend; any other error as it is. */
export function explained(folder: string, error: unknown): unknown {
  const fault = FAULTS[codeOf(error) ?? ''];
  if (fault === undefined) return error;
  return new InputError(`cannot use ${folder} as run store`, { ...fault, got: String(error) });
}

const UNWRITABLE = {
  expected: 'a folder that can be written',
  todo: 'choose another folder or change its permissions',
};
const UNREACHABLE = { expected: 'a folder that is there or can be made', todo: 'choose another folder' };
const NOT_A_FOLDER = { expected: 'a folder or a new path', todo: 'choose another path; the file was left as it is' };
const FULL = { expected: 'free space on the disk', todo: 'free some space, then run again: finished records are kept' };
const FAULTS: Readonly<Record<string, { readonly expected: string; readonly todo: string }>> = {
  EACCES: UNWRITABLE,
  EPERM: UNWRITABLE,
  EROFS: UNWRITABLE,
  EEXIST: NOT_A_FOLDER,
  ENOTDIR: NOT_A_FOLDER,
  ENOENT: UNREACHABLE,
  ELOOP: UNREACHABLE,
  EINVAL: UNREACHABLE,
  ENAMETOOLONG: UNREACHABLE,
  ENXIO: UNREACHABLE,
  ENODEV: UNREACHABLE,
  ENOSPC: FULL,
  EDQUOT: FULL,
};
