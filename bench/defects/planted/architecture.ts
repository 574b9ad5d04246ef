import { append, edit, editAll, type Defect } from './defect.js';

const AT = 'arquitetura/';

const withoutWeight: Defect['plant'] = (work) => {
  editAll(/^arquitetura\/.*\.sql$/, /^ {2}weight integer NOT NULL,\n/m, '')(work);
  editAll(/^arquitetura\/.*\.sql$/, /^ {2}CONSTRAINT ck_tools_weight_range[^\n]*\n/m, '')(work);
  editAll(/^arquitetura\/.*\.sql$/, /^COMMENT ON COLUMN tools\.weight[^\n]*\n/m, '')(work);
  const left = [...work.files].filter(([path, text]) => path.endsWith('.sql') && text.includes('tools_weight'));
  for (const [path, text] of left) work.files.set(path, text.replace(/^[^\n]*tools_weight[^\n]*\n/gm, ''));
};

export const ARCHITECTURE: readonly Defect[] = [
  {
    id: 'A1',
    part: 'architecture',
    title: 'a column of the contract is missing in the DDL',
    gate: 'consistency',
    says: /weight/,
    plant: withoutWeight,
  },
  {
    id: 'A2',
    part: 'architecture',
    title: 'a broken Mermaid diagram',
    gate: 'mermaid-parses',
    says: /er\.mmd/,
    plant: edit(`${AT}er.mmd`, 'erDiagram', 'erDiagram\n  Tool ||--> Loan : lends'),
  },
  {
    id: 'A3',
    part: 'architecture',
    title: 'a way down that does not undo the way up',
    gate: 'migrations-up-down-up',
    says: /loans/,
    plant: edit(`${AT}migrations/0002_PROD-004.down.sql`, 'DROP TABLE loans;', 'SELECT 1;'),
  },
  {
    id: 'A4',
    part: 'architecture',
    title: 'the contract refers to a schema that is not there',
    gate: 'openapi-valid',
    says: /LoanOutput/,
    plant: edit(`${AT}openapi.yaml`, /#\/components\/schemas\/Loan(?=['"]?\s)/, '#/components/schemas/LoanOutput'),
  },
  {
    id: 'A5',
    part: 'architecture',
    title: 'the DDL does not load',
    gate: 'ddl-loads',
    says: /varcharr/,
    plant: edit(`${AT}schema.sql`, 'varchar(80)', 'varcharr(80)'),
  },
  {
    id: 'A6',
    part: 'architecture',
    title: 'a placeholder in the design',
    gate: 'design-documents',
    says: /placeholder|TBD/,
    plant: append(`${AT}ARCH-001/design.md`, '\n## Sizing\n\nTBD\n'),
  },
  {
    id: 'A7',
    part: 'architecture',
    title: 'the design leaves an acceptance criterion out',
    gate: 'design-documents',
    says: /no document mentions the acceptance criterion.*can no longer be changed/,
    plant: editAll(/^arquitetura\/ARCH-001\/.*\.md$/, /^.*A loan that is back can no longer be changed.*\n/gm, ''),
  },
];
