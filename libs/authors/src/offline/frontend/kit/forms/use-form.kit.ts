import type { KitFile } from '../kit-file.js';

export const formsUseForm: KitFile = {
  path: 'src/forms/use-form.ts',
  text: `import { useEffect, useRef, useState, type RefObject, type SubmitEvent } from 'react';
import type { Answer } from '../api/http';
import type { ApiProblem, FieldError } from '../api/problem';
import { useI18n } from '../i18n/i18n';
import { violationsOf, violationText, type Rules, type Violations } from './rules';

/** What a form keeps: each field as the text that stands in it. */
export type Values<V> = { readonly [K in keyof V]: string };

interface FormOptions<V, T> {
  readonly initial: V;
  readonly rules: Rules<V>;
  /** Sends values that passed every rule. */
  readonly send: (values: V) => Promise<Answer<T>>;
  readonly onSaved: (value: T) => void;
}

/** What an input needs to know of its field. */
export interface FieldProps {
  readonly name: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A form in the hands of a component. */
export interface Form<V> {
  readonly ref: RefObject<HTMLFormElement | null>;
  readonly isSending: boolean;
  /** What the server said and no single field can show. */
  readonly problem: ApiProblem | undefined;
  readonly field: (name: keyof V & string) => FieldProps;
  readonly submit: (event: SubmitEvent<HTMLFormElement>) => void;
}

/** \`body.title\`, \`/title\` and \`title\` all mean the field \`title\`. */
const fieldNamed = (path: string): string => path.split(/[./]/).at(-1) ?? path;

const errorsOf = (problem: ApiProblem | undefined): readonly FieldError[] =>
  problem?.kind === 'invalid' || problem?.kind === 'conflict' ? problem.errors : [];

/** The problem without the complaints that fields show. */
const remainder = (problem: ApiProblem, names: readonly string[]): ApiProblem =>
  problem.kind === 'invalid' || problem.kind === 'conflict'
    ? { ...problem, errors: problem.errors.filter((e) => !names.includes(fieldNamed(e.field))) }
    : problem;

/** State of a form: values, what is wrong with them by our rules and by the server's, and sending. */
export const useForm = <V extends Values<V>, T>({ initial, rules, send, onSaved }: FormOptions<V, T>): Form<V> => {
  const { t } = useI18n();
  const ref = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(initial);
  const [violations, setViolations] = useState<Violations<V>>({});
  const [problem, setProblem] = useState<ApiProblem>();
  const [isSending, setIsSending] = useState(false);
  const [refusals, setRefusals] = useState(0);

  // Each refusal puts the keyboard on the field that was refused.
  useEffect(() => {
    if (refusals > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus();
  }, [refusals]);

  const refuse = (found: Violations<V>, said?: ApiProblem) => {
    setViolations(found);
    setProblem(said);
    setRefusals((n) => n + 1);
  };

  const deliver = async () => {
    setIsSending(true);
    const answer = await send(values);
    setIsSending(false);
    if (answer.ok) onSaved(answer.value);
    else refuse({}, answer.problem);
  };

  const errorOf = (name: keyof V & string): string | undefined => {
    // A field may be called \`constructor\`, which every object inherits.
    const violation = Object.hasOwn(violations, name) ? violations[name] : undefined;
    if (violation !== undefined) return violationText(violation, t);
    return errorsOf(problem).find((e) => fieldNamed(e.field) === name)?.message;
  };

  const change = (name: keyof V & string, value: string) => {
    setValues((now) => ({ ...now, [name]: value }));
    setViolations((now) => ({ ...now, [name]: undefined }));
    setProblem((now) =>
      now?.kind === 'invalid' || now?.kind === 'conflict'
        ? { ...now, errors: now.errors.filter((e) => fieldNamed(e.field) !== name) }
        : now,
    );
  };

  return {
    ref,
    isSending,
    problem: problem && remainder(problem, Object.keys(rules)),
    field: (name) => ({
      name,
      value: values[name],
      error: errorOf(name),
      onChange: (value) => {
        change(name, value);
      },
    }),
    submit: (event) => {
      event.preventDefault();
      if (isSending) return;
      const found = violationsOf(values, rules);
      if (Object.keys(found).length > 0) refuse(found);
      else void deliver();
    },
  };
};
`,
};
