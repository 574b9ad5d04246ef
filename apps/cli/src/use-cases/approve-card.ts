import type { CardView } from '@squados/board';
import type { Actor } from '@squados/contracts';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import { EXIT } from '../exit-codes.js';
import { confirm } from '../terminal/confirm.js';
import { counted } from '../terminal/counted.js';
import { printable } from '../terminal/sanitize.js';
import { actorOf } from './actor.js';
import { tellRecorded } from './intervene.js';
import { requireCard } from './require-card.js';
import { submit } from './submit.js';
import { readProject, type FoldedProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

export interface ApprovalOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly card: string;
  readonly role: string;
  readonly by?: string;
  readonly reason: string;
  readonly refuse?: boolean;
  readonly yes?: boolean;
}

type Waiting = CardView & Required<Pick<CardView, 'approval'>>;

/** Shows what there is to approve, asks, and records the word with the manifest that was shown: another one by then is refused. */
export const approveCard = async (context: CliContext, options: ApprovalOptions): Promise<void> => {
  const project = await readProject(context, options);
  const view = requireWaiting(requireCard(project.fold, project.at, options.card));
  const decision = options.refuse === true ? 'refused' : 'approved';
  if (!options.json) for (const line of aboutLines(project, view)) context.terminal.err(line);
  if (!options.yes && !(await agreed(context, decision)))
    throw new CliError('nothing was recorded', { exitCode: EXIT.stopped, code: 'declined' });
  const { id: card, attempt, approval } = view;
  const result = await submit(project.folder, {
    ...{ type: 'ApproveCard', project: project.at.view.id, card, attempt, decision },
    ...{ role: options.role, reason: options.reason, by: speaker(context, options) },
    manifestHash: approval.manifestHash,
  });
  const left = approval.missing.filter((role) => role !== options.role);
  const open = decision === 'approved' && left.length > 0 ? `; it still waits for ${left.join(', ')}` : '';
  const lines = [printable(`${card} ${decision} as ${options.role}${open}`)];
  tellRecorded({ context, json: options.json, project, results: [{ card, ...result }], lines });
};

const speaker = (context: CliContext, { by }: ApprovalOptions): Actor =>
  by === undefined || by.trim() === '' ? actorOf(context.env) : { kind: 'person', name: by.trim() };

const requireWaiting = (view: CardView): Waiting => {
  if (view.approval) return { ...view, approval: view.approval };
  const remedy = [`squados why ${view.id} says what it waits for`];
  throw new CliError(`card ${view.id} is ${view.state}: it waits for no approval`, { code: 'wrong-state', remedy });
};

const aboutLines = ({ at }: FoldedProject, { id, attempt, approval }: Waiting): readonly string[] => {
  const end = at.record.cards.get(id)?.attempts.find((one) => one.attempt === attempt)?.end;
  const files = end?.kind === 'completed' ? Object.keys(end.manifest).length : 0;
  return [
    printable(`${id} would go to ${approval.gate}: attempt ${attempt}, ${counted(files, 'file')}`),
    `manifest ${approval.manifestHash}`,
    printable(`waits for ${approval.missing.join(', ')}`),
  ];
};

const agreed = (context: CliContext, decision: 'approved' | 'refused'): Promise<boolean> => {
  if (context.terminal.canAsk) return confirm(decision === 'approved' ? 'Approve it?' : 'Refuse it?');
  throw new CliError('this is no terminal, so nobody can be asked', { remedy: ['add --yes'], code: 'needs-yes' });
};
