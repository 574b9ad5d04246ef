import type { KitFile } from '../kit-file.js';

export const uiFields: KitFile = {
  path: 'src/ui/fields.tsx',
  text: `import { useId, type ReactNode } from 'react';
import type { FieldProps } from '../forms/use-form';
import { useI18n } from '../i18n/i18n';

interface LabelledProps extends FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Says so of a field that may stay empty; undefined says nothing (a filter). */
  readonly required?: boolean;
}

interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
  readonly 'aria-required': boolean;
}

interface FieldFrameProps extends LabelledProps {
  readonly children: (ids: ControlIds) => ReactNode;
}

/** Label, hint and error of one control, tied to it for those who listen. */
export function FieldFrame({ label, hint, error, required, children }: FieldFrameProps) {
  const { t } = useI18n();
  const id = useId();
  const errorId = \`\${id}-error\`;
  const hintId = \`\${id}-hint\`;
  const described = [...(hint === undefined ? [] : [hintId]), ...(error === undefined ? [] : [errorId])];
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required === false && <span className="optional"> ({t.optional})</span>}
      </label>
      {children({
        id,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': error !== undefined,
        'aria-required': required === true,
      })}
      {hint !== undefined && (
        <p id={hintId} className="hint">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={errorId} className="error">
          {error}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps extends LabelledProps {
  readonly type?: 'text' | 'email' | 'url' | 'date' | 'datetime-local' | 'time';
  /** Which keyboard a phone shows. */
  readonly inputMode?: 'numeric' | 'decimal';
}

/** Resolution of the pickers for times: seconds. */
const STEPS: Partial<Record<NonNullable<TextFieldProps['type']>, number>> = { 'datetime-local': 1, time: 1 };

/** One line of text, or a date, a time, an address. */
export function TextField({ type = 'text', inputMode, ...field }: TextFieldProps) {
  return (
    <FieldFrame {...field}>
      {(ids) => (
        <input
          {...ids}
          name={field.name}
          type={type}
          step={STEPS[type]}
          inputMode={inputMode}
          value={field.value}
          onChange={(event) => {
            field.onChange(event.target.value);
          }}
        />
      )}
    </FieldFrame>
  );
}

/** Text of several lines. */
export function TextAreaField(field: LabelledProps) {
  return (
    <FieldFrame {...field}>
      {(ids) => (
        <textarea
          {...ids}
          name={field.name}
          rows={4}
          value={field.value}
          onChange={(event) => {
            field.onChange(event.target.value);
          }}
        />
      )}
    </FieldFrame>
  );
}

/** Yes or no. */
export function CheckboxField({ label, name, value, error, onChange }: LabelledProps) {
  const id = useId();
  const errorId = \`\${id}-error\`;
  return (
    <div className="field field-checkbox">
      <input
        id={id}
        name={name}
        type="checkbox"
        checked={value === 'true'}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : errorId}
        onChange={(event) => {
          onChange(String(event.target.checked));
        }}
      />
      <label htmlFor={id}>{label}</label>
      {error !== undefined && (
        <p id={errorId} className="error">
          {error}
        </p>
      )}
    </div>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface SelectFieldProps extends LabelledProps {
  readonly options: readonly Option[];
  /** What stands first and means nothing chosen; default: an invitation to choose. */
  readonly emptyLabel?: string;
}

/** One of several listed values, or none. */
export function SelectField({ options, emptyLabel, ...field }: SelectFieldProps) {
  const { t } = useI18n();
  return (
    <FieldFrame {...field}>
      {(ids) => (
        <select
          {...ids}
          name={field.name}
          value={field.value}
          onChange={(event) => {
            field.onChange(event.target.value);
          }}
        >
          <option value="">{emptyLabel ?? t.choose}</option>
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

/** Yes, no, or not known. */
export function YesNoField({ emptyLabel, ...field }: Omit<SelectFieldProps, 'options'>) {
  const { t } = useI18n();
  const options = [
    { value: 'true', label: t.yes },
    { value: 'false', label: t.no },
  ];
  return <SelectField {...field} emptyLabel={emptyLabel ?? t.none} options={options} />;
}

/** A record of labels as options, in the record's order. */
export const optionsOf = (labels: Readonly<Record<string, string>>): readonly Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
`,
};
