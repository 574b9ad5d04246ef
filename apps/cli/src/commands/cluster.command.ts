import { Command } from 'commander';
import type { ClusterOptions } from '../use-cases/run-cluster.js';
import type { CommandFile } from './command.js';

export const clusterCommand: CommandFile = ({ context, done }) =>
  new Command('cluster')
    .description('run orchestrator, agents and page as processes of their own on NATS')
    .argument('[file...]', 'requirements documents, or one backlog; without: an empty log, or the one that is there')
    .option('-d, --data <folder>', 'folder of server, logs and snapshots (default: ./.squados/cluster)')
    .option('--agents <name=n,...>', 'processes of each service; what is not named runs once')
    .option('--nats <url>', 'servers that run already; without it, one of its own')
    .option('--exit', 'end when the project is settled')
    .option('--profile <name>', 'quick or full gates')
    .option('--backend <language>', 'language of the backend')
    .option('--author <name>', 'claude (with ANTHROPIC_API_KEY) or offline; without it, claude when there is a key')
    .option('--budget <usd>', 'the most that models may cost, in US dollars (5 when it is left out)')
    .option('--model <name=model...>', 'another model for an agent or a card')
    .option('--strict', 'nothing is waived by policy')
    .option('--lenient', 'leave out what cannot be read')
    .addHelpText(
      'after',
      '\nExamples:\n  squados cluster requirements.md --agents frontend=3,backend=2\n  squados cluster --nats nats://127.0.0.1:4222 --agents orchestrator=2',
    )
    .action(async (files: readonly string[], options: ClusterOptions) => {
      const { runCluster } = await import('../use-cases/run-cluster.js');
      done(await runCluster(context, files, options));
    });
