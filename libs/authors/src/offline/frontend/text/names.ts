/** Names that generated modules use themselves, or that the language or the platform gives a meaning. */
const TAKEN = new Set(
  (
    'Answer Array ArrayBuffer BigInt Boolean Call Column Component DataTable Date Document Element Error ErrorBoundary Event Fact Feature FetchResponse ' +
    'Field File Form Format Function Headers History Http Image Infinity Intl Iterator JSON JsonValue Location Locale Map Math Messages NaN ' +
    'Navigator Node Notification Number Object Option Page Pager Partial Pick Promise Proxy Range React Readonly Record Reflect RegExp Remote ' +
    'Request Response Route Rule Rules Selection Set Storage String Symbol Text Values Version Violation WeakMap WeakSet Window Worker Omit ' +
    'Required Exclude Extract Awaited Capitalize Lowercase Uppercase Parameters App Shell Pages Reply Option FormView ListView RecordView ' +
    'RemoteView TextField SelectField RelationField CheckboxField YesNoField TextAreaField RelationLink RelationTarget FakeServer Meta StoryObj'
  ).split(' '),
);

/** The name of an entity's type: its own, unless that already means something where it stands. */
export const typeName = (entity: string): string => (TAKEN.has(entity) ? `${entity}Entity` : entity);

const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static super switch this ' +
    'throw true try typeof undefined var void while with yield ' +
    'http id etag query signal body format t load remote reload field columns form send navigate useForm window document event fetch name history location status screen server user call row'
  ).split(' '),
);

/** `ServiceOrder` → `serviceOrder`, for values; never a word that can't be one. */
export const valueName = (type: string): string => {
  const name = type.charAt(0).toLowerCase() + type.slice(1);
  return RESERVED.has(name) ? `${name}Row` : name;
};

/** `ServiceOrder` → `service-order`, for files. */
export const fileName = (type: string): string =>
  type
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

/** `ServiceOrder`, `service_order` → `SERVICE_ORDER`, for constants. */
export const constantName = (name: string): string => fileName(name).replace(/-/g, '_').toUpperCase();

/** `due_date` → `DueDate`. */
export const pascalName = (name: string): string =>
  name
    .split(/[_-]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `mark-as-ready`, `fiction` → `Mark as ready`, `Fiction`: words for people out of words for machines. */
export const humanised = (word: string): string => {
  const text = word.replace(/[-_]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Gives each wish a name of its own: the first one gets it, later ones get `suffix` until nobody has it. */
export const claimer = (taken: Iterable<string> = []): ((wish: string, suffix: string) => string) => {
  const used = new Set(taken);
  return (wish, suffix) => {
    let name = wish;
    while (used.has(name)) name = `${name}${suffix}`;
    used.add(name);
    return name;
  };
};
