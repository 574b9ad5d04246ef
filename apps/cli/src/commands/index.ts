import type { CommandFile } from './command.js';
import { budgetCommand } from './budget.command.js';
import { approveCommand } from './approve.command.js';
import { archiveCommand } from './archive.command.js';
import { costCommand } from './cost.command.js';
import { clusterCommand } from './cluster.command.js';
import { dlqCommand } from './dlq.command.js';
import { doctorCommand } from './doctor.command.js';
import { eventsCommand } from './events.command.js';
import { downCommand } from './down.command.js';
import { exportCommand } from './export.command.js';
import { importCommand } from './import.command.js';
import { linkCommand } from './link.command.js';
import { pauseCommand } from './pause.command.js';
import { rerunCommand } from './rerun.command.js';
import { replayCommand } from './replay.command.js';
import { restoreCommand } from './restore.command.js';
import { resumeCommand } from './resume.command.js';
import { retryCommand } from './retry.command.js';
import { rollbackCommand } from './rollback.command.js';
import { runCommand } from './run.command.js';
import { setupCommand } from './setup.command.js';
import { skipCommand } from './skip.command.js';
import { statusCommand } from './status.command.js';
import { upCommand } from './up.command.js';
import { validateCommand } from './validate.command.js';
import { waiveCommand } from './waive.command.js';
import { watchCommand } from './watch.command.js';
import { whyCommand } from './why.command.js';

/** In the order in which the help lists them: start, look, decide, keep, and the machine. */
export const COMMANDS: readonly CommandFile[] = [
  runCommand,
  upCommand,
  downCommand,
  clusterCommand,
  linkCommand,
  importCommand,
  validateCommand,
  statusCommand,
  watchCommand,
  whyCommand,
  costCommand,
  eventsCommand,
  replayCommand,
  rerunCommand,
  dlqCommand,
  retryCommand,
  skipCommand,
  rollbackCommand,
  waiveCommand,
  approveCommand,
  pauseCommand,
  resumeCommand,
  budgetCommand,
  exportCommand,
  archiveCommand,
  restoreCommand,
  setupCommand,
  doctorCommand,
];
