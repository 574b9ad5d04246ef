import { HEALTH, type InfraPlan } from './infra-plan.js';

/** Outside text as one line of Markdown. */
const line = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
    .trim()
    .replace(/([\\`*_[\]<>|~#])/g, '\\$1');

const ENGLISH = (plan: InfraPlan): string => `# ${line(plan.title)}: operations

| Part | What it is | Where |
|---|---|---|
| backend | ${plan.backend === 'python' ? 'FastAPI (Python)' : 'Gin (Go)'}, \`${plan.apiBase}\` | \`engenharia/backend\` |
| frontend | React, served by nginx, which also passes \`${plan.apiBase}\` on | \`engenharia/frontend\` |
| store | PostgreSQL 17 | a volume |

## On one machine

\`\`\`sh
cp deploy/.env.example deploy/.env    # then fill in the two secrets
docker compose --env-file deploy/.env -f deploy/compose.yaml up --build
curl -fsS http://127.0.0.1:8000${HEALTH.ready}
\`\`\`

## On Kubernetes

\`\`\`sh
kubectl create namespace ${plan.name}-staging
kubectl -n ${plan.name}-staging create secret generic ${plan.name}-secrets \\
  --from-literal=store-password="$PASSWORD" \\
  --from-literal=database-url="postgresql://product:$PASSWORD@store:5432/product" \\
  --from-literal=api-tokens="$TOKENS"
kubectl apply -k deploy/k8s/overlays/staging
kubectl -n ${plan.name}-staging rollout status deployment/backend
\`\`\`

Replace \`registry.example.com\` and \`example.com\` in the overlays by your own names. Secrets are never in these files.

## When something is wrong

| Symptom | Look at | Then |
|---|---|---|
| ${HEALTH.ready} answers 503 | \`kubectl logs statefulset/store\` | the store is down or refuses the password in the secret |
| pods wait in \`Init\` | \`kubectl logs deploy/backend -c migrate\` | a migration failed; nothing of it was kept: mend it and roll out again |
| 401 for every call | the token in \`api-tokens\` | restart the backend after changing the secret |
| a bad release | \`kubectl rollout undo deployment/backend\` | migrations stay; their down scripts are in \`engenharia/backend/migrations\` |

Backup: \`pg_dump --format=custom\` from the store's pod, daily; restore into an empty database with \`pg_restore\`.
`;

const PORTUGUESE = (plan: InfraPlan): string => `# ${line(plan.title)}: operação

| Parte | O que é | Onde |
|---|---|---|
| backend | ${plan.backend === 'python' ? 'FastAPI (Python)' : 'Gin (Go)'}, \`${plan.apiBase}\` | \`engenharia/backend\` |
| frontend | React, servido pelo nginx, que também encaminha \`${plan.apiBase}\` | \`engenharia/frontend\` |
| store | PostgreSQL 17 | um volume |

## Em uma máquina

\`\`\`sh
cp deploy/.env.example deploy/.env    # depois preencha os dois segredos
docker compose --env-file deploy/.env -f deploy/compose.yaml up --build
curl -fsS http://127.0.0.1:8000${HEALTH.ready}
\`\`\`

## No Kubernetes

\`\`\`sh
kubectl create namespace ${plan.name}-staging
kubectl -n ${plan.name}-staging create secret generic ${plan.name}-secrets \\
  --from-literal=store-password="$SENHA" \\
  --from-literal=database-url="postgresql://product:$SENHA@store:5432/product" \\
  --from-literal=api-tokens="$TOKENS"
kubectl apply -k deploy/k8s/overlays/staging
kubectl -n ${plan.name}-staging rollout status deployment/backend
\`\`\`

Troque \`registry.example.com\` e \`example.com\` nos overlays pelos seus nomes. Nenhum segredo fica nestes arquivos.

## Quando algo dá errado

| Sintoma | Olhe | Depois |
|---|---|---|
| ${HEALTH.ready} responde 503 | \`kubectl logs statefulset/store\` | o banco caiu ou recusa a senha do segredo |
| pods esperam em \`Init\` | \`kubectl logs deploy/backend -c migrate\` | uma migração falhou; nada dela ficou: corrija e publique de novo |
| 401 em toda chamada | o token em \`api-tokens\` | reinicie o backend depois de mudar o segredo |
| versão ruim | \`kubectl rollout undo deployment/backend\` | as migrações ficam; os scripts de volta estão em \`engenharia/backend/migrations\` |

Backup: \`pg_dump --format=custom\` a partir do pod do banco, todo dia; restaure em um banco vazio com \`pg_restore\`.
`;

/** How to run it, and what to look at when it doesn't. */
export const runbook = (plan: InfraPlan): string => (plan.language === 'pt' ? PORTUGUESE(plan) : ENGLISH(plan));
