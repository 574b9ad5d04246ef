import type { RunOptions } from '../use-cases/run-options.js';
import { commonCommand, type CommandFile } from './command.js';

export const runCommand: CommandFile = ({ context, done }) =>
  commonCommand('run', 'turn requirements documents into cards and designs, or run a backlog', [
    'squados run requirements.md                    shows what it found, asks, then runs',
    'squados run vision.md rules.md --yes --exit    several documents, no questions, ends when settled',
    'squados run backlog_master.json --data ./build --concurrency product=4 arch=2',
    "squados run backlog_master.json requirements.md    the document goes to the backlog's epic",
    'squados run requirements.md --yes --exit --nats nats://host:4222    the services there work it off',
  ])
    .argument('<file...>', 'a backlog (JSON), or requirements documents (Markdown or text)')
    .option('-y, --yes', 'do not ask')
    .option(
      '--nats <url>',
      'have the services on these NATS servers run it: nats://[user:password@]host:port; how they run is their configuration',
    )
    .option('--exit', 'end when the project is settled; without it the command stays up')
    .option('--fresh', 'move what is there aside (<data>.old-1, …) and begin again')
    .option('--strict', 'no gate is waived by a policy: a person must decide')
    .option('--lenient', 'import what is sound of a backlog and list the rest')
    .option('--profile <name>', 'how much the gates check: quick or full', 'quick')
    .option('--backend <language>', 'python or go; without it, what most backend cards ask for')
    .option('--agents <name...>', 'only these take part; the chain ends where the next one is missing')
    .option('--author <name>', 'claude (with ANTHROPIC_API_KEY) or offline; without it, claude when there is a key')
    .option('--budget <usd>', 'the most that models may cost, in US dollars (5 when it is left out)')
    .option('--model <name=model...>', 'another model for an agent or a card')
    .option('--concurrency <agent=n...>', 'attempts at a time per agent')
    .option('--page', 'show the live page also with --exit')
    .option('--no-page', 'no live page')
    .option('--port <number>', 'port of the live page; when it is taken, the next free one')
    .action(async (files: string[], options: RunOptions) => {
      const { nats } = options;
      if (nats !== undefined) {
        const { runOnNats } = await import('../use-cases/run-on-nats.js');
        done(await runOnNats(context, files, { ...options, nats }));
        return;
      }
      const { runProject } = await import('../use-cases/run-project.js');
      done(await runProject(context, files, options));
    });
