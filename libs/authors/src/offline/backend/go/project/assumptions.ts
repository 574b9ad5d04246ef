import type { ServicePlan } from '../../shared/service-plan.js';
import { goEntities } from '../entity/go-entity.js';
import { beginnable } from '../testing/references.js';

/** What the writer decided where the design is silent, one sentence each. */
export const assumptionsOf = (plan: ServicePlan): readonly string[] => {
  const say = (pt: string, en: string): string => (plan.language === 'pt' ? pt : en);
  const entities = goEntities(plan);
  const beginning = beginnable(entities);
  const patterns = plan.entities.flatMap((e) =>
    e.model.fields
      .filter((f) => f.pattern !== undefined)
      .map((f) =>
        say(
          `${e.model.name}.${f.name}: o contrato não traz o padrão do modelo; o serviço não o impõe.`,
          `${e.model.name}.${f.name}: the contract does not carry the model's pattern, so the service does not enforce it.`,
        ),
      ),
  );
  const endless = entities
    .filter((e) => !beginning.has(e.plan.model.name))
    .map((e) =>
      say(
        `${e.plan.model.name}: as referências obrigatórias formam um círculo, então nenhum primeiro registro pode existir; os testes com o banco o deixam de fora.`,
        `${e.plan.model.name}: its required references form a circle, so no first row can be made; tests with the database leave it out.`,
      ),
    );
  return [
    say(
      'O serviço em Go guarda os dados somente em PostgreSQL; um endereço de SQLite é recusado na partida.',
      'The service in Go keeps its data in PostgreSQL only; an address of SQLite is refused at the start.',
    ),
    ...patterns,
    ...endless,
  ];
};
