// Do the generated tests notice when the generated code changes? Five mutants a source file, for Python, Go and the frontend. Goes on
// where it was stopped. Usage:
//   node bench/mutants/run.mjs [--language python|go|frontend] [--only PART_OF_PATH] [--minutes 5] [--workers 1] [--fresh] [--document FILE]
// Exit codes: 0 every language at 80 % or more, 1 one is below, 3 not done yet: run it again.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Files } from '@squados/agent-runtime';
import { authorProject } from '../authored/authored-project.js';
import { goLanguage } from './go/go-language.js';
import type { Language, Source } from './language.js';
import { Progress } from './progress.js';
import { pythonLanguage } from './python/python-language.js';
import { killedOf, mutantsIn, reportOf, shareOf, type Judged } from './report.js';
import { webLanguage } from './web/web-language.js';

const { values } = parseArgs({
  options: {
    document: { type: 'string', default: 'examples/library.en.md' },
    language: { type: 'string' },
    only: { type: 'string' },
    minutes: { type: 'string', default: '600' },
    workers: { type: 'string', default: '1' },
    fresh: { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench/mutants/RESULTS.md' },
  },
});

const WANTED_PERCENT = 80;
const FILES_AT_ONCE = 3;
const MOST_MS_OF_A_RUN = 900_000;
const PROGRESS = 'node_modules/.cache/squados/mutants';
const UNFINISHED = 3;

const below = (files: Files, folder: string): Files =>
  new Map([...files].flatMap(([path, text]) => (path.startsWith(folder) ? [[path.slice(folder.length), text]] : [])));

const until = performance.now() + Number(values.minutes) * 60_000;

/** Takes files off the list until it is empty or the time is over. */
const work = async (language: Language, todo: Source[], progress: Progress): Promise<void> => {
  while (todo.length > 0 && performance.now() < until) {
    const sources = todo.splice(0, FILES_AT_ONCE);
    const began = performance.now();
    const mutants = await language.run(
      sources.map(({ path }) => path),
      MOST_MS_OF_A_RUN,
    );
    progress.keep(sources, mutants);
    const seconds = Math.round((performance.now() - began) / 1_000);
    const names = sources.map(({ path }) => path).join(', ');
    console.log(
      `${language.name}: ${killedOf(mutants)} of ${mutants.length} killed in ${seconds} s, ${names}; ${todo.length} files to go`,
    );
  }
};

const judge = async (language: Language): Promise<Judged> => {
  const file = join(PROGRESS, `${language.name}.json`);
  if (values.fresh) rmSync(file, { force: true });
  const progress = new Progress(file);
  const asked = values.language === undefined || values.language === language.name;
  const todo = language.sources.filter(
    (source) => asked && progress.of(source) === undefined && source.path.includes(values.only ?? ''),
  );
  await Promise.all(Array.from({ length: Number(values.workers) }, () => work(language, todo, progress)));
  return {
    language: language.name,
    files: language.sources.map((source) => ({ path: source.path, mutants: progress.of(source) })),
  };
};

const { parts } = await authorProject(values.document);
const languages = [
  pythonLanguage(below(parts.python.files, 'engenharia/backend/')),
  goLanguage(below(parts.go.files, 'engenharia/backend/')),
  webLanguage(below(parts.frontend.files, 'engenharia/frontend/')),
];
const judged: Judged[] = [];
for (const language of languages) judged.push(await judge(language));
writeFileSync(values.out, reportOf(values.document, judged));
for (const one of judged)
  console.log(
    `${one.language}: ${killedOf(mutantsIn(one))} of ${mutantsIn(one).length} (${shareOf(mutantsIn(one)).toFixed(1)} %)`,
  );
const unfinished = judged.some(({ files }) => files.some(({ mutants }) => mutants === undefined));
const low = judged.some((one) => shareOf(mutantsIn(one)) < WANTED_PERCENT);
process.exit(unfinished ? UNFINISHED : low ? 1 : 0);
