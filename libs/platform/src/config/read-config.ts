import type { Variable } from './variable.js';

export type Config<V extends Readonly<Record<string, Variable<unknown>>>> = {
  readonly [K in keyof V]: V[K] extends Variable<infer T> ? T : never;
};

export type ConfigReading<T> =
  | { readonly kind: 'sound'; readonly config: T }
  /** One line for each bad variable: its name, what it accepts, what it means. */
  | { readonly kind: 'unsound'; readonly problems: readonly string[] };

const SECRET_NAME = /key|token|secret|passw|credential/i;

const shown = ({ env, isSecret }: Variable<unknown>, given: string): string =>
  isSecret === true || SECRET_NAME.test(env) ? 'the given value' : JSON.stringify(given.slice(0, 60));

/** Reads every variable once, at the start; tells of all bad ones together. Absent and empty ones take their fallback. */
export const readConfig = <V extends Readonly<Record<string, Variable<unknown>>>>(
  variables: V,
  env: Readonly<Record<string, string | undefined>>,
): ConfigReading<Config<V>> => {
  const problems: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const given = env[variable.env] ?? '';
    const value = given === '' ? variable.fallback : variable.parse(given);
    if (value === undefined && given !== '')
      problems.push(
        `${variable.env} (${variable.meaning}) does not take ${shown(variable, given)}: give ${variable.accepts}`,
      );
    config[name] = value;
  }
  return problems.length > 0 ? { kind: 'unsound', problems } : { kind: 'sound', config: config as Config<V> };
};
