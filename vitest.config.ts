import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'node',
    environment: 'node',
    include: [
      'tests/unit/**/*.test.{ts,tsx}',
      'tests/hostile/**/*.test.ts',
      'tests/labs.test.ts',
      'tests/programs.test.ts',
      'tests/mutants/*.test.ts',
      'tests/scenarios/*.test.ts',
      'tests/conformance/*.test.ts',
      'tests/tidy.test.ts',
    ],
    // Grading a lab is real work: a test may take long on a slow machine, and only a hang is an error.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
