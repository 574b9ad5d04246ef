import { createLocalDeployer } from '../local-deployer.js';
import { deployerOptions, release, type FakePlace } from './fake-workshop.js';

/* Argument: a FakePlace as JSON. Deploys, says the outcome in one line, and stays until somebody kills it. */

const deployer = createLocalDeployer(deployerOptions(JSON.parse(process.argv[2] ?? '{}') as FakePlace));
setInterval(() => undefined, 1e6);
const outcome = await deployer.deploy(release(), new AbortController().signal);
process.stdout.write(`${JSON.stringify(outcome)}\n`);
