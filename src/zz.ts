import './lab/code.ts';

const { declaredClaims } = await import('./claims/files.ts');
const { trainAll } = await import('./cli/train.ts');
const { loadProject } = await import('./project/project.ts');
const { readConfiguration } = await import('./project/configuration.ts');
const { variablesOf } = await import('./project/environment.ts');
const project = await loadProject({ folder: process.cwd(), variables: variablesOf(process.env) } as never);
const configuration = readConfiguration(project, process.env, process.argv[2] as never);
await trainAll(configuration, await declaredClaims(project as never));
