import { defineConfig } from './src/config.ts';

// What is not said here is as `DEFAULTS` of src/project/config.ts has it.
export default defineConfig({
  setups: {
    characters: 'fixtures/setups/characters.json',
    charactersSmall: 'fixtures/setups/characters-small.json',
    charactersLarge: 'fixtures/setups/characters-large.json',
    charactersFew: 'fixtures/setups/characters-few.json',
    charactersMany: 'fixtures/setups/characters-many.json',
    falseDocuments: 'fixtures/setups/false-documents.json',
    plansNew: 'fixtures/setups/plans-new.json',
    plansKnown: 'fixtures/setups/plans-known.json',
    plansFew: 'fixtures/setups/plans-few.json',
    gaming: 'fixtures/setups/gaming.json',
    gamingDial: 'fixtures/setups/gaming-dial.json',
    scope: 'fixtures/setups/scope.json',
    texts: 'fixtures/setups/texts.json',
    textsLarge: 'fixtures/setups/texts-large.json',
  },
});
