import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nodeToolchain } from '../node-toolchain.js';
import { npmCi } from './npm-ci.js';
import type { Recipe } from './recipe.js';

const HEADLINERS = ['react', 'typescript', 'vite', 'jest', 'eslint'] as const;

const versionOf = async (folder: string): Promise<string> => {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  return HEADLINERS.map((name) => `${name} ${manifest.dependencies[name] ?? '?'}`).join(', ');
};

export const webRecipe: Recipe = {
  name: 'web',
  needsMb: 600,
  resumes: false,
  install: async (workshop) => {
    await npmCi(workshop);
    const bin = join(workshop.folder, 'node_modules', '.bin');
    const names = await readdir(bin);
    const node = nodeToolchain(process.execPath, process.versions.node);
    return {
      version: await versionOf(workshop.folder),
      programs: { ...Object.fromEntries(names.map((name) => [name, join(bin, name)])), node: process.execPath },
      env: { PATH: `${bin}:${dirname(process.execPath)}` },
      alsoMounts: node.mounts.map(({ from }) => from),
      leansOn: [],
    };
  },
};
