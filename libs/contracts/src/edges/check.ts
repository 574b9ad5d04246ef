import { validateSync, type ValidationError } from 'class-validator';
import { instantiate, joined, type Constructor } from './decorators.js';

/** What is wrong with a value from outside, and where: `cards[3].title`. */
export interface EdgeProblem {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

const MOST_PROBLEMS = 100;

const stranger = (path: string): EdgeProblem => ({
  path,
  message: 'is not a known property',
  remedy: 'remove it; a card keeps foreign fields in `extra`',
});

const remedyOf = (error: ValidationError, name: string): string =>
  (error.contexts?.[name] as { readonly remedy: string } | undefined)?.remedy ?? 'give an object in braces';

const worded = (path: string, error: ValidationError, name: string): EdgeProblem => {
  if (name === 'whitelistValidation') return stranger(path);
  const message = name === 'nestedValidation' ? 'must be an object' : String(error.constraints?.[name]);
  return { path, message, remedy: remedyOf(error, name) };
};

/** Beside a rule's own words, class-validator's on nesting say nothing more. */
const tellingOf = (names: readonly string[]): readonly string[] =>
  names.length > 1 ? names.filter((name) => name !== 'nestedValidation') : names;

const flattened = (errors: readonly ValidationError[], path: string): EdgeProblem[] =>
  errors.flatMap((error) => {
    const here = joined(path, error.property);
    const own = tellingOf(Object.keys(error.constraints ?? {})).map((name) => worded(here, error, name));
    return [...own, ...flattened(error.children ?? [], here)];
  });

/** Problems of a plain object against a DTO, at most 100; none: it fits. Properties that the DTO doesn't know are problems. */
export const check = (dto: Constructor, plain: object): readonly EdgeProblem[] => {
  const strangers: string[] = [];
  const errors = validateSync(instantiate(dto, plain, { path: '', strangers }), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  return [...strangers.map(stranger), ...flattened(errors, '')].slice(0, MOST_PROBLEMS);
};
