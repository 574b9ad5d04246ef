import type { Finding } from '@squados/contracts';
import type { CheckReport, ConsistencyInput } from '../pool/job.js';
import { count, reportOf } from '../pool/report.js';
import { isParsed, parseDocument } from '../openapi/parsed-document.js';
import { apiFaults } from './api-side.js';
import { ddlFaults } from './ddl-side.js';
import { readModel } from './read-model.js';

const WHAT = 'OpenAPI, DDL and domain model';

/** Holds the three descriptions of one product against each other; the model is what the other two must follow. */
export const checkConsistency = (input: ConsistencyInput): CheckReport => {
  const read = readModel(input.model);
  if ('faults' in read) return reportOf(WHAT, read.faults);
  const document = parseDocument(input.openapi);
  if (!isParsed(document)) return reportOf(WHAT, [document]);
  const { model } = read;
  const fields = model.entities.reduce((sum, e) => sum + e.fields.length + e.relations.length, 0);
  const operations = model.entities.reduce((sum, e) => sum + e.operations.length, 0);
  const findings: Finding[] = [
    ...ddlFaults(model, input.catalog).map((message): Finding => ({
      path: input.schemaPath,
      rule: 'ddl-differs',
      severity: 'error',
      message,
    })),
    ...apiFaults(model, document.root).map(({ pointer, message }): Finding => ({
      path: document.path,
      line: document.lineOf(pointer),
      rule: 'api-differs',
      severity: 'error',
      message,
    })),
  ];
  return reportOf(
    `${WHAT} agree on ${count(model.entities.length, 'entity', 'entities')}, ${count(fields, 'field')}, ${count(operations, 'operation')}`,
    findings,
  );
};

export const prepareConsistencyCheck = (): typeof checkConsistency => checkConsistency;
