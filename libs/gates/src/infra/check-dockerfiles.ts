import type { Finding } from '@squados/contracts';
import { DockerfileParser, type Dockerfile } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import type { CheckReport, TextFile } from '../pool/job.js';
import { count, reportOf } from '../pool/report.js';

const ERROR = 1;

const syntax = ({ path, text }: TextFile): readonly Finding[] =>
  validate(text).map((problem) => ({
    path,
    line: problem.range.start.line + 1,
    rule: `dockerfile-${String(problem.code ?? 'syntax')}`,
    severity: problem.severity === ERROR ? 'error' : 'warning',
    message: typeof problem.message === 'string' ? problem.message : problem.message.value,
  }));

interface Parsed {
  readonly path: string;
  readonly file: Dockerfile;
}

const finding = (path: string, line: number, [rule, message]: readonly [string, string]): Finding => ({
  path,
  line: line + 1,
  rule,
  severity: 'error',
  message,
});

const unpinned = ({ path, file }: Parsed): readonly Finding[] => {
  const stages = new Set(file.getFROMs().map((from) => from.getBuildStage()));
  return file.getFROMs().flatMap((from) => {
    const image = from.getImage() ?? '';
    if (stages.has(image) || image === 'scratch' || from.getImageDigest() !== null) return [];
    const tag = from.getImageTag();
    if (tag !== null && tag !== 'latest') return [];
    return [finding(path, from.getRange().start.line, ['pinned-image', `${image} names no fixed version`])];
  });
};

/** The user of the final stage: absent, 0 and root are the same. */
const rootUser = ({ path, file }: Parsed): readonly Finding[] => {
  const instructions = file.getInstructions();
  const last = instructions.findLastIndex((i) => i.getKeyword() === 'FROM');
  const user =
    instructions
      .slice(last)
      .findLast((i) => i.getKeyword() === 'USER')
      ?.getArgumentsContent() ?? '';
  if (user !== '' && !/^(?:0|root)(?::|$)/.test(user)) return [];
  return [
    finding(path, instructions[last]?.getRange().start.line ?? 0, [
      'no-root',
      'the final stage runs as root: set USER',
    ]),
  ];
};

const SECRET = /(?:password|secret|token|api_?key)\s*=\s*\S+/i;

const secrets = ({ path, file }: Parsed): readonly Finding[] =>
  file
    .getInstructions()
    .filter((i) => ['ENV', 'ARG'].includes(i.getKeyword()) && SECRET.test(i.getArgumentsContent() ?? ''))
    .map((i) =>
      finding(path, i.getRange().start.line, ['no-plain-secret', `${i.getKeyword()} holds a secret's value`]),
    );

const piped = ({ path, file }: Parsed): readonly Finding[] =>
  file
    .getInstructions()
    .filter(
      (i) => i.getKeyword() === 'RUN' && /(?:curl|wget)[^|]*\|\s*(?:ba|z)?sh\b/.test(i.getArgumentsContent() ?? ''),
    )
    .map((i) => finding(path, i.getRange().start.line, ['no-piped-shell', 'a downloaded script is run unseen']));

/** Syntax, then the habits that a reviewer refuses. */
export const checkDockerfiles = (files: readonly TextFile[]): CheckReport => {
  const parsed = files.map(({ path, text }): Parsed => ({ path, file: DockerfileParser.parse(text) }));
  const policies = parsed.flatMap((p) => [unpinned, rootUser, secrets, piped].flatMap((policy) => policy(p)));
  return reportOf(`${count(files.length, 'Dockerfile')}, syntax and policies`, [...files.flatMap(syntax), ...policies]);
};
