// The order of the spec files: long ones first, so that no worker begins one when the other has nothing left to do.

const LEVELS = ['e2e', 'int', 'contract', 'unit'];

/** Those that take ten seconds and more, the longest first. */
const LONGEST = [
  'delivery.e2e',
  'claude.e2e',
  'create-frontend-role.int',
  'create-gate-pool.int',
  'go-gates.int',
  'squados.e2e',
  'jetstream-log.contract',
  'embedded-log.contract',
  'documents.int',
  'bubblewrap.int',
  'unshare.int',
  'plain.int',
  'create-arch-gates.int',
  'main-on-nats.e2e',
  'python-gates.int',
  'cluster.e2e',
  'embedded-log.int',
  'frontend-files.unit',
  'lanes-model.unit',
];

function rank(path) {
  const name = /([^/]+)\.spec\.\w+$/.exec(path)?.[1] ?? '';
  const known = LONGEST.indexOf(name);
  return known >= 0 ? known : LONGEST.length + LEVELS.indexOf(name.split('.').at(-1));
}

/** The same order on every machine, whatever was timed there before: nothing is cached. */
export default class SlowFirst {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : 1));
  }

  cacheResults() {}
}
