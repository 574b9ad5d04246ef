import { openTreeProjector } from '@squados/artifacts';
import {
  Appender,
  BacklogKeeper,
  EscalationKeeper,
  noEscalation,
  systemClock,
  TreeKeeper,
  WebhookEscalation,
  type EngineLogger,
  type Escalation,
  type FoldObserver,
} from '@squados/orchestrator';
import { randomUUID } from 'node:crypto';
import { CliError } from '../cli-error.js';
import { renderBacklog } from '../views/render-backlog.js';
import type { DataFolder } from './data-folder.js';
import type { OwnedFolder } from './open-log.js';
import { watchedTree, type TellTrouble } from './storage-watch.js';

export interface KeeperParts {
  readonly folder: DataFolder;
  readonly owned: OwnedFolder;
  readonly logger: EngineLogger;
  readonly env: NodeJS.ProcessEnv;
  readonly onTrouble: TellTrouble;
}

/** What a folder keeps current beside its log: the readable tree, the backlog file, and word to the Tech Lead. */
export const keepersOf = async (parts: KeeperParts): Promise<readonly FoldObserver[]> => {
  const { folder, owned, logger, env, onTrouble } = parts;
  const tree = watchedTree(await openTreeProjector({ store: owned.artifacts, dir: folder.tree }), onTrouble);
  const appender = new Appender({ log: owned.log, newId: randomUUID, now: () => Date.now(), source: 'orchestrator' });
  return [
    new TreeKeeper(tree, logger),
    new BacklogKeeper({ file: folder.backlog, render: renderBacklog, clock: systemClock, logger }),
    new EscalationKeeper({ escalation: escalationOf(env), appender, logger }),
  ];
};

/** @throws CliError when the address is none. */
const escalationOf = (env: NodeJS.ProcessEnv): Escalation => {
  const address = env['SQUADOS_ESCALATION_WEBHOOK']?.trim() ?? '';
  if (address === '') return noEscalation;
  if (URL.canParse(address) && /^https?:/.test(address)) return new WebhookEscalation(new URL(address));
  throw new CliError('SQUADOS_ESCALATION_WEBHOOK: this is no http(s) address', {
    code: 'usage',
    remedy: ['for example https://chat.example.org/hooks/squad'],
  });
};
