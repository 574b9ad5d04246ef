import type { ActionView, EntityView } from '../app-model/app-model.js';
import { keyed, quoted } from '../text/literals.js';
import { enclosed, file, imported, indent, type Part } from '../text/lines.js';

const member = (name: string): string => (keyed(name) === name ? `.${name}` : `[${quoted(name)}]`);

/** The enum field that holds the state, when the contract names its values. */
export const stateField = (e: EntityView) =>
  e.rowFields.find((f) => f.name === e.model.states?.field && f.choice !== undefined && !f.isNullable && !f.isOptional);

const from = (e: EntityView, action: ActionView): string | undefined => {
  const known = stateField(e)?.choice?.values ?? [];
  const states = action.from?.filter((state) => known.includes(state));
  return states === undefined || !stateField(e)
    ? undefined
    : enclosed({ open: 'from: [', items: states.map(quoted), close: ']', at: 4 });
};

const entry = (e: EntityView, action: ActionView): Part => [
  '{',
  indent([
    `label: ${e.value}Labels.actions${member(action.name)},`,
    from(e, action) && `${from(e, action) ?? ''},`,
    `run: ${action.call.fn},`,
  ]),
  '},',
];

const runs = (e: EntityView): string =>
  e.actions.some((a) => a.call.needsIfMatch) ? 'version: Version' : 'id: string';

const allowed = (e: EntityView): Part => {
  const state = stateField(e);
  if (!state) return `export const ${e.value}Actions = (): readonly ${e.type}Action[] => ${e.constant}_ACTIONS;`;
  return [
    `export const ${e.value}Actions = (${e.value}: ${e.type}): readonly ${e.type}Action[] =>`,
    `  ${e.constant}_ACTIONS.filter(({ from }) => from === undefined || from.includes(${e.value}.${state.name}));`,
  ];
};

/** `loan-actions.ts`: what can be done with a row, and in which states. */
export const actionsFile = (e: EntityView): string => {
  const state = stateField(e);
  const withVersion = e.actions.some((a) => a.call.needsIfMatch);
  return file(
    imported(
      [
        ...e.actions.map((a) => a.call.fn).sort(),
        `type ${e.type}`,
        ...(state?.choice ? [`type ${state.choice.type}`] : []),
      ],
      `../../api/${e.file}`,
    ),
    `import type { Answer, Http${withVersion ? ', Version' : ''} } from '../../api/http';`,
    `import { ${e.value}Labels } from './${e.file}-labels';`,
    '',
    '/** Something that can be done with a row. */',
    `export interface ${e.type}Action {`,
    indent([
      'readonly label: string;',
      state?.choice && [
        '/** States that allow it; absent: the server decides. */',
        `readonly from?: readonly ${state.choice.type}[];`,
      ],
      `readonly run: (http: Http, ${runs(e)}) => Promise<Answer<${e.type}>>;`,
    ]),
    '}',
    '',
    `const ${e.constant}_ACTIONS: readonly ${e.type}Action[] = [`,
    indent(e.actions.map((action) => entry(e, action))),
    '];',
    '',
    '/** What can be done with a row in the state it is in. */',
    allowed(e),
  );
};
