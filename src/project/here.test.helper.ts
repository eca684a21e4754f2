import { fileURLToPath } from 'node:url';
import { loadProject } from './project.ts';

/** This package's own checkout, as a project. */
export const HERE = await loadProject({ folder: fileURLToPath(new URL('../..', import.meta.url)), variables: {} });
