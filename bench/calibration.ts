import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../src/core/whole-file.ts';
import { calibrationPage } from './calibration/page.ts';

/** Writes docs/calibration.md again, in some minutes on one core. */
writeWhole(join(fileURLToPath(new URL('..', import.meta.url)), 'docs', 'calibration.md'), calibrationPage());
