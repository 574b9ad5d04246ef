import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Finding } from '@squados/contracts';
import type { Document } from 'yaml';
import ts from 'typescript';
import type { CheckReport, TextFile } from '../pool/job.js';
import { count, reportOf } from '../pool/report.js';
import { kubernetesPolicies } from './kubernetes-policies.js';
import { typedLiteral, type TypedLiteral } from './typed-literal.js';
import { at, readYaml, type YamlFile } from './yaml-documents.js';

/** One Kubernetes object and where it stands. */
export interface Manifest {
  readonly path: string;
  readonly line: number;
  readonly kind: string;
  readonly name: string;
  readonly value: unknown;
}

interface Typed {
  readonly file: YamlFile;
  readonly literal: TypedLiteral;
  readonly source: string;
  readonly virtual: string;
}

const KUSTOMIZE = 'kustomize.config.k8s.io/';
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
};

/** Folder from which `kubernetes-models` is found; nothing is written there. */
const BASE = dirname(
  createRequire(import.meta.url)
    .resolve('kubernetes-models/package.json')
    .replace(/package\.json$/, 'x'),
);

/**
 * Every object against the types of its apiVersion and kind (published by the Kubernetes project's OpenAPI): missing and unknown fields,
 * wrong types. Then the policies of ours, and the references between files.
 */
export const checkKubernetes = (files: readonly TextFile[]): CheckReport => {
  const read = files.map(readYaml);
  const broken = read.flatMap((r) => r.findings);
  const all = read.flatMap(({ file }) => file.documents.map((document) => ({ file, document })));
  const manifests = all.map(manifestOf);
  const plain = all.filter(({ document }) => !String(at(document.toJS(), 'apiVersion')).startsWith(KUSTOMIZE));
  const nameless = plain.filter(({ document }) => modelOf(document) === undefined).map(namelessFinding);
  const typed = plain.flatMap(({ file, document }, i) => typedOf(file, document, i) ?? []);
  const findings = [...broken, ...nameless, ...typeFindings(typed), ...kubernetesPolicies(manifests, files)];
  return reportOf(
    `${count(manifests.length, 'object')} in ${count(files.length, 'file')}, types and policies`,
    findings,
  );
};

interface Placed {
  readonly file: YamlFile;
  readonly document: Document;
}

const lineOf = ({ file, document }: Placed): number => file.lineAt(document.contents?.range?.[0] ?? 0);

const manifestOf = (placed: Placed): Manifest => {
  const value: unknown = placed.document.toJS({ maxAliasCount: 100 });
  const text = (...path: readonly string[]): string => {
    const found = at(value, ...path);
    return typeof found === 'string' ? found : '';
  };
  return { path: placed.file.path, line: lineOf(placed), kind: text('kind'), name: text('metadata', 'name'), value };
};

const namelessFinding = (placed: Placed): Finding => {
  const { kind } = manifestOf(placed);
  const version = at(placed.document.toJS(), 'apiVersion');
  const message = `no schema for apiVersion ${JSON.stringify(version)} and kind ${JSON.stringify(kind)}: is it misspelt?`;
  return { path: placed.file.path, line: lineOf(placed), rule: 'unknown-kind', severity: 'error', message };
};

/** Module and type of an object; undefined when there is none. Only plain names are put into a module path. */
const modelOf = (document: Document): { readonly module: string; readonly type: string } | undefined => {
  const value: unknown = document.toJS();
  const [version, kind] = [at(value, 'apiVersion'), at(value, 'kind')];
  if (typeof version !== 'string' || typeof kind !== 'string') return undefined;
  if (!/^(?:[a-z0-9.-]+\/)?v[0-9a-z]+$/.test(version) || !/^[A-Z][A-Za-z0-9]+$/.test(kind)) return undefined;
  const module = `kubernetes-models/${version}/${kind}`;
  const known =
    ts.sys.fileExists(join(BASE, '..', `${module}.d.ts`)) || ts.sys.fileExists(join(BASE, `${version}/${kind}.d.ts`));
  return known ? { module, type: `I${kind}` } : undefined;
};

const typedOf = (file: YamlFile, document: Document, index: number): Typed | undefined => {
  const model = modelOf(document);
  if (!model) return undefined;
  const literal = typedLiteral(document);
  const source = `import type { ${model.type} } from '${model.module}';\nexport const object: ${model.type} =\n${literal.text};\n`;
  return { file, literal, source, virtual: join(BASE, `squados-object-${index}.ts`) };
};

const typeFindings = (typed: readonly Typed[]): readonly Finding[] => {
  const sources = new Map(typed.map((t) => [t.virtual, t]));
  const host = ts.createCompilerHost(OPTIONS);
  const [getSourceFile, fileExists] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.getSourceFile = (name, options, ...rest) => {
    const own = sources.get(name);
    return own ? ts.createSourceFile(name, own.source, options) : getSourceFile(name, options, ...rest);
  };
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  return typed.flatMap((t) => {
    const file = program.getSourceFile(t.virtual);
    const problems = file ? [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)] : [];
    return problems.map((problem) => findingOf(t, problem));
  });
};

const HEADER_LINES = 2;

const findingOf = ({ file, literal }: Typed, problem: ts.Diagnostic): Finding => {
  const line = problem.file?.getLineAndCharacterOfPosition(problem.start ?? 0).line ?? 0;
  const message = ts
    .flattenDiagnosticMessageText(problem.messageText, ' ')
    .replace(/^Object literal may only specify known properties, and '"?/, 'unknown field "')
    .replace(/"?' does not exist in type/, '" in');
  return {
    path: file.path,
    line: file.lineAt(literal.offsets[line - HEADER_LINES] ?? 0),
    rule: 'kubernetes-type',
    severity: 'error',
    message,
  };
};
