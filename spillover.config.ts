import { defineConfig } from './src/config.ts';

// What is not said here is as `DEFAULTS` of src/project/config.ts has it.
export default defineConfig({
  setups: {
    characters: 'fixtures/setups/characters.json',
    falseDocuments: 'fixtures/setups/false-documents.json',
    gaming: 'fixtures/setups/gaming.json',
    gamingDial: 'fixtures/setups/gaming-dial.json',
  },
});
