import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { InputError } from '../core/errors.ts';

/** Names of Chromium on the PATH, and where systems put it that have it elsewhere. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe', 'msedge.exe'];
const PLACES = [
  '/usr/bin',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The Chromium that opens the report in its tests: that of SPILLOVER_BROWSER, else the first on the PATH or in its usual
 * places; undefined where there is none, or where SPILLOVER_BROWSER is `none`. Throws `InputError` where SPILLOVER_BROWSER
 * names no program.
 */
export function findBrowser(environment: NodeJS.ProcessEnv): string | undefined {
  const asked = environment['SPILLOVER_BROWSER'];
  if (asked === 'none') return undefined;
  if (asked !== undefined && asked !== '') {
    if (isProgram(asked)) return asked;
    throw new InputError('SPILLOVER_BROWSER names no program', {
      expected: 'the path of a Chromium, or none to look for none',
      got: `'${asked}', ${existsSync(asked) ? 'which cannot be run' : 'where there is nothing'}`,
      todo: 'correct it, or unset it for the Chromium on the PATH',
    });
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...folders, ...PLACES].flatMap((place) => [...NAMES.map((name) => join(place, name)), place]);
  return candidates.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
