/** Whether this orchestrator is the one that acts. It saves wasted work alone: what two leaders do at once, the lanes sort out. */
export interface Leadership {
  /** True only while it is certain. */
  readonly leads: boolean;
  /** Calls back each time `leads` turns true: whoever found it false goes on then. */
  onGain(callback: () => void): void;
}
