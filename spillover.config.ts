import { defineConfig } from './src/config.ts';

// What is not said here is as `DEFAULTS` of src/project/config.ts has it.
export default defineConfig({
  setups: { recipe: 'fixtures/setups/recipe.json' },
});
