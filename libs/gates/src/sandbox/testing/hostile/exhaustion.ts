import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxOutcome } from '../../sandbox.port.js';
import { processesOf } from './attack.js';
import { confessed, endedBy, node, perl, shell, type Hostile } from './hostile.js';

/** It may fail or be ended, but it must not have got there. */
const stoppedShort = (outcome: SandboxOutcome): readonly string[] => [
  ...confessed(outcome),
  ...(outcome.kind === 'exited' && outcome.exitCode === 0 ? ['ended well'] : []),
];

const ALLOCATE = `
const held = [];
for (let mb = 0; mb < 800; mb += 16) held.push(Buffer.alloc(16 << 20, 1));
console.log('ESCAPED with ' + held.length * 16 + ' MB');
`;

const EMPTY_FILES = `
import { writeFileSync } from 'node:fs';
for (let i = 0; i < 40000; i++) writeFileSync('f' + i, '');
console.log('ESCAPED with 40000 files');
`;

const NAMES = `
import { chdir } from 'node:process';
import { mkdirSync, writeFileSync } from 'node:fs';
for (let depth = 0; depth < 60; depth++) {
  mkdirSync('n'.repeat(255));
  chdir('n'.repeat(255));
  writeFileSync('\\n\\u0001 -rf ' + 'x'.repeat(200), '');
}
mkdirSync('shut');
(await import('node:fs')).chmodSync('shut', 0);
console.log('made');
`;

/** Memory that no process shows as its own: files without a name, segments without a process. */
const HIDDEN_MEMORY = `
my ($memfd, $shmget, $shmat, $shmdt) = \`uname -m\` =~ /aarch64/ ? (279, 194, 196, 197) : (319, 29, 30, 67);
my $name = "m";
print "ESCAPED with a memory file\\n" if syscall($memfd, $name, 0) >= 0;
my $mb = 0;
while ($mb < 400) {
  my $id = syscall($shmget, 0, 1 << 24, 01600);
  last if $id < 0;
  $mb += 16;
}
print "ESCAPED with $mb MB in segments\\n" if $mb;
`;

const DROPPED_AT_LEAST = 290_000_000;

export const EXHAUSTION: readonly Hostile[] = [
  {
    name: 'fork-bomb',
    by: {
      namespaces: "limit of processes of the run's user, or control group",
      plain: "limit of processes of the run's user (for root), else a watch",
    },
    tries: 'forks without end',
    request: () => shell('f() { f | f & }; f; sleep 30', { limits: { processes: 60, wallMs: 1_200 } }),
    meanwhile: async (_, mark) => {
      await pause(700);
      const alive = processesOf(mark).length;
      return alive > 80 ? [`${alive} processes at once`] : [];
    },
    damage: confessed,
  },
  {
    name: 'zombie-storm',
    by: {
      namespaces: "limit of processes of the run's user, or control group",
      plain: "limit of processes of the run's user (for root), else a watch",
    },
    tries: 'leaves thousands of ended children that nobody waits for',
    needsPerl: true,
    request: () =>
      perl(
        'for (1..3000) { my $p = fork; exit 1 unless defined $p; exit 0 unless $p } print "ESCAPED 3000 zombies\\n"',
        {
          limits: { processes: 60 },
        },
      ),
    damage: stoppedShort,
  },
  {
    name: 'memory-hog',
    by: {
      namespaces: 'limit of each process; control group, else a watch',
      plain: 'limit of each process; control group, else a watch',
    },
    tries: 'takes 800 MB in one process',
    request: () => node(ALLOCATE, { limits: { memoryMb: 200, diskMb: 8 } }),
    damage: stoppedShort,
  },
  {
    name: 'memory-crowd',
    by: { namespaces: 'control group, else a watch', plain: 'control group, else a watch' },
    tries: 'takes 50 MB in each of eight processes',
    request: () =>
      shell(
        'for i in 1 2 3 4 5 6 7 8; do (x=$(head -c 50000000 /dev/zero | tr "\\0" x); sleep 2; echo "ESCAPED $i"; :) & done; wait',
        { limits: { memoryMb: 120, diskMb: 8 } },
      ),
    damage: endedBy('memoryMb'),
  },
  {
    name: 'hidden-memory',
    by: { namespaces: 'filter of system calls', plain: 'filter of system calls' },
    tries: 'takes memory that shows with no process: unnamed files, segments of System V',
    needsPerl: true,
    request: () => perl(HIDDEN_MEMORY),
    damage: confessed,
  },
  {
    name: 'disk-filler',
    by: { namespaces: 'limit of file size, size of the tmpfs', plain: 'limit of file size, a watch' },
    tries: 'writes 200 MB',
    request: () => shell('head -c 200000000 /dev/zero >big && echo ESCAPED', { limits: { diskMb: 8 } }),
    damage: endedBy('diskMb'),
  },
  {
    name: 'temporary-filler',
    by: { namespaces: 'size of the tmpfs', plain: 'a watch' },
    tries: 'writes 200 MB into the temporary folder, in pieces',
    request: () =>
      shell(
        'i=0; while [ $i -lt 40 ]; do head -c 5000000 /dev/zero >"$TMPDIR/$i" || exit 1; i=$((i+1)); done; echo ESCAPED',
        { limits: { diskMb: 12 } },
      ),
    damage: stoppedShort,
  },
  {
    name: 'shared-memory-filler',
    by: { namespaces: 'size of the tmpfs', plain: 'limit of file size' },
    tries: 'writes 200 MB into /dev/shm',
    opensPlain: 'always',
    request: () =>
      shell('head -c 200000000 /dev/zero >/dev/shm/$$ && echo ESCAPED; rm -f /dev/shm/$$; exit 1', {
        limits: { diskMb: 12 },
      }),
    damage: confessed,
  },
  {
    name: 'inode-filler',
    by: { namespaces: 'inodes of the tmpfs', plain: 'a watch' },
    tries: 'makes 40,000 empty files',
    request: () => node(EMPTY_FILES, { limits: { diskMb: 4 } }),
    damage: stoppedShort,
  },
  {
    name: 'huge-names',
    by: { namespaces: 'the tmpfs goes with its namespace', plain: 'removed by `rm`, which walks without paths' },
    tries: 'nests 60 folders with names of 255 bytes, shuts the last one',
    request: () => node(NAMES),
    damage: confessed,
  },
  {
    name: 'output-flood',
    by: { namespaces: 'drained, counted, dropped', plain: 'drained, counted, dropped' },
    tries: 'prints 300 MB',
    request: () => shell('head -c 300000000 /dev/zero', { limits: { wallMs: 60_000 } }),
    damage: (outcome) =>
      outcome.kind === 'exited' && outcome.stdout.length <= 256 * 1_024 && outcome.droppedBytes > DROPPED_AT_LEAST
        ? []
        : [`answered ${outcome.kind}`],
  },
  {
    name: 'endless-loop',
    by: { namespaces: 'clock', plain: 'clock' },
    tries: 'computes for ever',
    request: () => shell('while :; do :; done', { limits: { wallMs: 300 } }),
    damage: endedBy('wallMs'),
  },
  {
    name: 'processor-hog',
    by: { namespaces: 'control group, else a watch', plain: 'control group, else a watch' },
    tries: 'computes in four processes, past their common processor time',
    request: () =>
      shell('for i in 1 2 3 4; do (while :; do :; done) & done; wait', { limits: { cpuSeconds: 1, wallMs: 60_000 } }),
    damage: endedBy('cpuSeconds'),
  },
  {
    name: 'sleeper',
    by: { namespaces: 'SIGKILL', plain: 'SIGKILL' },
    tries: 'sleeps for ever and ignores every signal that can be ignored',
    request: () => shell("trap '' TERM INT HUP QUIT; while :; do sleep 1000; done", { limits: { wallMs: 300 } }),
    damage: endedBy('wallMs'),
  },
];
