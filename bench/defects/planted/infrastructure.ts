import { edit, type Defect } from './defect.js';

const infrastructure = (defect: Omit<Defect, 'part'>): Defect => ({ ...defect, part: 'infrastructure' });

export const INFRASTRUCTURE: readonly Defect[] = [
  infrastructure({
    id: 'I1',
    title: 'a privileged container',
    gate: 'compose',
    says: /is privileged/,
    plant: edit('deploy/compose.yaml', '    read_only: true', '    privileged: true\n    read_only: true'),
  }),
  infrastructure({
    id: 'I2',
    title: 'a pod without limits',
    gate: 'kubernetes',
    says: /no memory limit/,
    plant: edit('deploy/k8s/base/backend.yaml', /\n\s+limits:\n\s+memory: 512Mi/, ''),
  }),
  infrastructure({
    id: 'I3',
    title: 'an image without a version',
    gate: 'dockerfiles',
    says: /names no fixed version/,
    plant: edit('deploy/docker/backend.Dockerfile', /FROM python:\S+\n/, 'FROM python:latest\n'),
  }),
  infrastructure({
    id: 'I4',
    title: 'an image that runs as root',
    gate: 'dockerfiles',
    says: /runs as root/,
    plant: edit('deploy/docker/backend.Dockerfile', 'USER 10001\n', ''),
  }),
  infrastructure({
    id: 'I5',
    title: 'a pod that may become root',
    gate: 'kubernetes',
    says: /may gain privileges/,
    plant: edit('deploy/k8s/base/backend.yaml', 'allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true'),
  }),
  infrastructure({
    id: 'I6',
    title: 'an action of CI that can be moved',
    gate: 'ci-workflow',
    says: /can be moved/,
    plant: edit('deploy/ci/ci.yml', /actions\/checkout@[0-9a-f]{40}/, 'actions/checkout@v4'),
  }),
  infrastructure({
    id: 'I7',
    title: 'a password in the compose file',
    gate: 'compose',
    says: /holds its value in the file/,
    plant: edit('deploy/compose.yaml', /POSTGRES_PASSWORD: \S+.*\n/, 'POSTGRES_PASSWORD: s3cr3t\n'),
  }),
];
