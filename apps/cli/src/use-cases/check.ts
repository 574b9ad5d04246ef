/** One line of what `doctor` found. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'missing' | 'bad';
  readonly says: string;
}
