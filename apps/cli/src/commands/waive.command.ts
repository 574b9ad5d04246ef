import { EXIT } from '../exit-codes.js';
import { projectCommand, type CommandFile, type CommonOptions } from './command.js';

interface Options extends CommonOptions {
  readonly reason: string;
}

export const waiveCommand: CommandFile = ({ context, done }) =>
  projectCommand('waive', 'let a complete card pass a gate that failed or could not run', [
    "squados waive BE-003 coverage --reason 'the generated file is not ours to test'",
  ])
    .argument('<card>', "the card's id")
    .argument('<gate>', "the gate's name, as `squados why` shows it")
    .requiredOption('--reason <text>', 'why, for the record')
    .action(async (id: string, gate: string, options: Options) => {
      const { waiveGate } = await import('../use-cases/waive-gate.js');
      await waiveGate(context, { ...options, card: id, gate });
      done(EXIT.done);
    });
