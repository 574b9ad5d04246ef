import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { list, object, type Rule } from './rules.js';

export type Constructor = new () => object;
interface Nesting {
  readonly dto: Constructor;
  readonly many: boolean;
}

/** Which properties of a DTO hold further DTOs; `instantiate` reads it. */
const nestings = new Map<object, Map<string, Nesting>>();

/** The property must fit the rule; it counts as known. */
export const Must =
  (rule: Rule): PropertyDecorator =>
  (target, key) =>
    ValidateBy(
      { name: rule.name, validator: { validate: rule.holds, defaultMessage: () => rule.message } },
      { context: { remedy: rule.remedy } },
    )(target, key);

/** Absent is fine; null is not. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

const nest = (nesting: Nesting, rule: Rule): PropertyDecorator => {
  return (target, key) => {
    const known = nestings.get(target) ?? new Map<string, Nesting>();
    nestings.set(target, known.set(String(key), nesting));
    Must(rule)(target, key);
    ValidateNested({ each: nesting.many })(target, key);
  };
};

export const One = (dto: Constructor): PropertyDecorator => nest({ dto, many: false }, object);
export const Many = (dto: Constructor, max: number): PropertyDecorator => nest({ dto, many: true }, list(max));

/** Looks up through the classes that a DTO extends. */
const nestingOf = (prototype: object | null, key: string): Nesting | undefined =>
  prototype === null
    ? undefined
    : (nestings.get(prototype)?.get(key) ?? nestingOf(Object.getPrototypeOf(prototype) as object | null, key));

/** Where the copying stands, and the paths of keys that it left out. */
export interface Copying {
  readonly path: string;
  readonly strangers: string[];
}

export const joined = (path: string, property: string): string =>
  /^\d+$/.test(property) ? `${path}[${property}]` : path === '' ? property : `${path}.${property}`;

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nested = (nesting: Nesting, given: unknown, copying: Copying): unknown => {
  if (nesting.many && Array.isArray(given))
    return given.map((item: unknown, at) =>
      nested({ ...nesting, many: false }, item, { ...copying, path: joined(copying.path, String(at)) }),
    );
  return isPlain(given) ? instantiate(nesting.dto, given, copying) : given;
};

/**
 * A DTO with the own properties of a plain value, nested DTOs included, for class-validator to look at. Keys that every object
 * inherits (`__proto__`, `constructor`, `toString`, …) would pass its whitelist: they are left out and reported as strangers.
 */
export const instantiate = (dto: Constructor, plain: object, copying: Copying): object => {
  const made = new dto() as Record<string, unknown>;
  for (const [key, given] of Object.entries(plain)) {
    const path = joined(copying.path, key);
    const nesting = nestingOf(dto.prototype as object, key);
    if (key in Object.prototype) copying.strangers.push(path);
    else made[key] = nesting ? nested(nesting, given, { ...copying, path }) : given;
  }
  return made;
};
