import type { CliContext } from '../cli-context.js';
import { printable } from '../terminal/sanitize.js';
import { actorOf } from './actor.js';
import { tellRecorded } from './intervene.js';
import { requireCard } from './require-card.js';
import { submit } from './submit.js';
import { readProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

export interface WaiverOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly card: string;
  readonly gate: string;
  readonly reason: string;
}

/** @throws CliError when the card is unknown, or its last attempt has no such gate open. */
export const waiveGate = async (context: CliContext, options: WaiverOptions): Promise<void> => {
  const project = await readProject(context, options);
  const { id: card, attempt } = requireCard(project.fold, project.at, options.card);
  const { gate, reason } = options;
  const about = { project: project.at.view.id, card, attempt, gate };
  const result = await submit(project.folder, { type: 'WaiveGate', ...about, by: actorOf(context.env), reason });
  const lines = [`${printable(card)}: gate ${printable(gate)} waived`];
  tellRecorded({ context, json: options.json, project, results: [{ card, ...result }], lines });
};
