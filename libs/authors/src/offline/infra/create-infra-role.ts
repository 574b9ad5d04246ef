import type { Files, Gate, Role, RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { agentName, apiBaseOf, chooseBackendLanguage, isDeployCard, ownerOf } from '@squados/contracts';
import { parse } from 'yaml';
import { languageReason } from '../backend/shared/language-reason.js';
import { readDesign } from '../design-input/index.js';
import { infraNote } from './card-note.js';
import { ciWorkflow } from './ci-workflow.js';
import { composeFile, ENV_EXAMPLE } from './compose.js';
import type { ProductDeployer } from './deploy/deployer.port.js';
import { writeDeploy } from './deploy/write-deploy.js';
import { backendDockerfile, DOCKERIGNORE, FRONTEND_DOCKERFILE, nginxTemplate } from './dockerfiles.js';
import { planFor, type InfraPlan } from './infra-plan.js';
import { kubernetesFiles } from './kubernetes/files.js';
import { runbook } from './runbook.js';

const AGENT = agentName('infra');
const FOLDER = ownerOf(AGENT)?.folder ?? 'deploy';

/** Everything that takes the product from its sources to a machine or a cluster; paths under `app-artefacts/`. */
export const infraFiles = (plan: InfraPlan): Files =>
  new Map(
    [
      ['README.md', runbook(plan)] as const,
      ['compose.yaml', composeFile(plan)] as const,
      ['.env.example', ENV_EXAMPLE] as const,
      ['docker/backend.Dockerfile', backendDockerfile(plan)] as const,
      ['docker/frontend.Dockerfile', FRONTEND_DOCKERFILE] as const,
      ['docker/nginx.conf.template', nginxTemplate(plan)] as const,
      ['docker/.dockerignore', DOCKERIGNORE] as const,
      ['ci/ci.yml', ciWorkflow(plan)] as const,
      ...kubernetesFiles(plan).map(([path, text]) => [`k8s/${path}`, text] as const),
    ].map(([path, text]) => [`${FOLDER}/${path}`, text]),
  );

const contractOf = (openapi: string): unknown => {
  try {
    return parse(openapi, { maxAliasCount: 100 }) as unknown;
  } catch {
    return undefined;
  }
};

const writeInfra = async (task: Task, tools: RoleTools): Promise<RoleResult> => {
  const found = await readDesign(task, tools);
  if (found.kind !== 'found') return found;
  const { model, openapi } = found.design;
  const choice = chooseBackendLanguage(task.project.policy, task.cards);
  const plan = planFor(model, choice.language, apiBaseOf(contractOf(openapi)));
  return {
    kind: 'written',
    files: new Map([...infraFiles(plan), ...infraNote(task.card, plan.language)]),
    proposals: [],
    assumptions: [languageReason(choice, model.language)],
  };
};

export interface InfraRoleOptions {
  readonly gates: readonly Gate[];
  /** Absent: DEPLOY cards answer that nothing can be started from here. */
  readonly deployer?: ProductDeployer;
}

/** The infrastructure owner without a model behind it: images, compose, Kubernetes, CI, runbook; and the deployment itself. */
export const createInfraRole = ({ gates, deployer }: InfraRoleOptions): Role => ({
  agent: AGENT,
  author: 'offline',
  gates,
  write: (task, tools) => (isDeployCard(task.card) ? writeDeploy(task, tools, deployer) : writeInfra(task, tools)),
});
