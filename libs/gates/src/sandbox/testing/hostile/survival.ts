import { confessed, endedBy, shell, type Hostile } from './hostile.js';

/** Only its arguments tell whose it is. */
const NAMELESS = `
(setsid env -i sh -c ": $ATTACK_MARK; trap : TERM HUP; exec >/dev/null 2>&1 </dev/null; while :; do sleep 1; done" &)
sleep 0.1
exit 3
`;

/** That nothing of it lives on is checked after every hostile program (see attack.ts): these do their best to. */
export const SURVIVAL: readonly Hostile[] = [
  {
    name: 'daemon',
    by: { namespaces: 'process namespace', plain: "control group, else the run's user or mark" },
    tries: 'forks twice into a session of its own and goes on when its parent ends',
    request: () => shell('(setsid sh -c "(while :; do sleep 1; done) &" &) ; sleep 0.1; echo done'),
    damage: confessed,
  },
  {
    name: 'nameless-daemon',
    opensPlain: 'without-own-user',
    by: { namespaces: 'process namespace', plain: "control group, else the run's user" },
    tries: 'the same, with an empty environment and every descriptor shut',
    request: () => shell(NAMELESS),
    damage: confessed,
  },
  {
    name: 'pipe-holder',
    by: { namespaces: 'process namespace', plain: "control group, else the run's user or mark" },
    tries: 'leaves a child that holds the output open',
    request: () => shell('setsid sleep 1000 & sleep 0.05; echo done'),
    damage: (outcome) => (outcome.kind === 'exited' && outcome.durationMs < 15_000 ? [] : [`answered ${outcome.kind}`]),
  },
  {
    name: 'respawner',
    by: { namespaces: 'process namespace', plain: "control group, else the run's user" },
    tries: 'forks a successor every moment, in ever new sessions',
    request: () =>
      shell('r() { setsid sh -c "sleep 0.01" & sleep 0.01; r & }; r; sleep 1000', {
        limits: { wallMs: 700, processes: 100 },
      }),
    damage: endedBy('wallMs', 'processes'),
  },
];
