import type { KitFile } from '../kit-file.js';

export const projectJestConfig: KitFile = {
  path: 'jest.config.js',
  text: `/** Not UTC on purpose: a test that passes only in UTC proves nothing. */
process.env.TZ = 'America/Sao_Paulo';

export default {
  testEnvironment: 'jsdom',
  roots: ['<rootDir>/src'],
  setupFilesAfterEnv: ['<rootDir>/src/testing/setup.ts'],
  transform: {
    '\\\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
      },
    ],
  },
  testTimeout: 60_000,
  coverageProvider: 'v8',
  collectCoverageFrom: [
    'src/**/*.{ts,tsx}',
    '!src/**/*.test.{ts,tsx}',
    '!src/**/*.stories.tsx',
    '!src/testing/**',
    '!src/main.tsx',
    '!src/**/*.d.ts',
  ],
  coverageThreshold: { global: { lines: 80 } },
};
`,
};
