import type { CheckReport, TextFile } from '../pool/job.js';
import { checkCompose } from './check-compose.js';
import { checkDockerfiles } from './check-dockerfiles.js';
import { checkKubernetes } from './check-kubernetes.js';
import { checkWorkflow } from './check-workflow.js';

/** Which of the deployment's files are looked at, and how. */
export type DeploymentCheck = 'dockerfiles' | 'compose' | 'kubernetes' | 'workflow';

export interface DeploymentInput {
  readonly check: DeploymentCheck;
  readonly files: readonly TextFile[];
}

const first = (files: readonly TextFile[]): TextFile => files[0] ?? { path: '', text: '' };

export const checkDeployment = ({ check, files }: DeploymentInput): CheckReport => {
  switch (check) {
    case 'dockerfiles':
      return checkDockerfiles(files);
    case 'compose':
      return checkCompose(first(files));
    case 'kubernetes':
      return checkKubernetes(files);
    case 'workflow':
      return checkWorkflow(first(files));
  }
};
