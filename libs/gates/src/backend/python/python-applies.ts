import type { Gate, Task } from '@squados/agent-runtime';
import { isWrittenIn } from '../shared/gate-parts.port.js';

/** Required for cards whose service is in Python; a gate of the full profile is not run in the quick one. */
export const appliesTo =
  (profile: 'quick' | 'full'): Gate['applies'] =>
  (task: Task) =>
    isWrittenIn('python', task) && (profile === 'quick' || task.project.policy.gateProfile === 'full')
      ? 'required'
      : 'none';
