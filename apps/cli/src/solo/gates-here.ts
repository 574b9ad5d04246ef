export interface GateHere {
  readonly name: string;
  readonly available: boolean;
  readonly says: string;
}

/** Which npm package each gate leans on; those without one are our own code and always run. */
const GATES: readonly { readonly name: string; readonly needs?: string }[] = [
  { name: 'product: schema, requirement coverage' },
  { name: 'openapi-valid', needs: '@seriousme/openapi-schema-validator' },
  { name: 'openapi-lint', needs: '@redocly/openapi-core' },
  { name: 'ddl-loads, migrations-up-down-up', needs: '@electric-sql/pglite' },
  { name: 'consistency', needs: '@electric-sql/pglite' },
  { name: 'mermaid-parses', needs: 'mermaid' },
  { name: 'design-documents' },
];

/** Which gates can run on this machine, found out by looking for what they need. */
export const gatesHere = (): Promise<readonly GateHere[]> =>
  Promise.resolve(
    GATES.map(({ name, needs }) => {
      if (needs === undefined) return { name, available: true, says: 'runs here, nothing to install' };
      const available = isInstalled(needs);
      return { name, available, says: available ? `runs here (${needs})` : `cannot run here: npm install ${needs}` };
    }),
  );

const isInstalled = (name: string): boolean => {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
};
