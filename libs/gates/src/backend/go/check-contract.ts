import { isDeepStrictEqual } from 'node:util';
import type { GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import { parse } from 'yaml';
import { FOLDER } from '../shared/gate-parts.port.js';

const DESIGN = 'arquitetura/';
const CONTRACT = `${DESIGN}openapi.yaml`;
const MODEL = `${DESIGN}modelo-de-dominio.json`;
const MIGRATION = /^arquitetura\/(migrations\/[^/]+\.sql)$/;
const SERVED = `${FOLDER}api/openapi.json`;

const finding = (path: string, message: string): Finding => ({ path, rule: 'contract', severity: 'error', message });

/** The design that the card builds on, as its ARCH card delivered it; undefined when no dependency did. */
const designOf = async ({ task, tools }: GateInput): Promise<ReadonlyMap<string, string> | undefined> => {
  const manifest = task.dependencies.filter((d) => MODEL in d.manifest).at(-1)?.manifest;
  if (manifest === undefined) return undefined;
  const wanted = Object.entries(manifest).filter(([path]) => path === CONTRACT || MIGRATION.test(path));
  const texts = await Promise.all(
    wanted.map(async ([path, hash]) => [path, new TextDecoder().decode(await tools.readArtifact(hash))] as const),
  );
  return new Map(texts);
};

/** The document that is served says what the designed one says, and the migrations are the designed ones, byte for byte. */
export const contractFindings = async (input: GateInput): Promise<readonly Finding[]> => {
  const design = await designOf(input);
  if (design === undefined) return [finding(DESIGN, 'no dependency delivered a design to compare with')];
  return [
    ...documentFindings(design.get(CONTRACT), input.files.get(SERVED)),
    ...migrationFindings(design, input.files),
  ];
};

const read = (reader: (text: string) => unknown, text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : reader(text);
  } catch {
    return undefined;
  }
};

const documentFindings = (designed: string | undefined, served: string | undefined): readonly Finding[] => {
  const promised = read((text) => parse(text, { maxAliasCount: 100 }) as unknown, designed);
  const told = read((text) => JSON.parse(text) as unknown, served);
  if (promised === undefined) return [finding(CONTRACT, 'the designed contract is not there or not YAML')];
  if (told === undefined) return [finding(SERVED, 'the served contract is not there or not JSON')];
  return isDeepStrictEqual(promised, told)
    ? []
    : [finding(SERVED, 'it says something else than the designed contract')];
};

const migrationFindings = (design: ReadonlyMap<string, string>, files: GateInput['files']): readonly Finding[] => {
  const designed = [...design].flatMap(([path, text]) => {
    const name = MIGRATION.exec(path)?.[1];
    return name === undefined ? [] : [[FOLDER + name, text] as const];
  });
  const known = new Set(designed.map(([path]) => path));
  const added = [...files.keys()].filter(
    (p) => p.startsWith(`${FOLDER}migrations/`) && p.endsWith('.sql') && !known.has(p),
  );
  return [
    ...designed
      .filter(([path, text]) => files.get(path) !== text)
      .map(([path]) => finding(path, 'it is not the designed migration')),
    ...added.map((path) => finding(path, 'the design has no such migration')),
  ];
};
