/** What the process ends with; scripts lean on these. */
export const EXIT = { done: 0, bug: 1, input: 2, deadLetters: 3, waivers: 4, stopped: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
