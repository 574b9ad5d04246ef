/** Cycles between files and files that nobody imports; project boundaries are eslint's (@nx/enforce-module-boundaries). */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.spec\\.ts$',
          '/testing/',
          '/main\\.ts$',
          '\\.config\\.mjs$',
          '/worker-[^/]+\\.ts$',
          '/index\\.ts$',
          '/fixtures/',
          '/dist/',
        ],
      },
      to: {},
    },
    {
      name: 'engines-only-in-apps',
      comment: 'Application code knows the port; which engine stands behind it is the app’s choice.',
      severity: 'error',
      // `alone` is a composition root of its own entry point, shared by the agent apps.
      from: {
        path: '^libs/(agent-runtime|authors|gates|importers|board|contracts)/src',
        pathNot: ['\\.spec\\.ts$', '/testing/', '^libs/agent-runtime/src/alone/'],
      },
      to: { path: '^libs/event-log/src/(embedded|memory)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(dist|fixtures)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['@squados/source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
