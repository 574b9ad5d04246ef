import { describe, expect, it } from '@jest/globals';
import { agentName, attemptLane, cardId, decodeToken, encodeToken, parseLane, projectId, projectLane } from './index.js';

describe('subject tokens', () => {
  it.each(['BE-017', 'a.b', 'com espaço', '..', 'a/b', '_', '=5F', 'ação', '🚀', '*', '>'])('carries %p there and back', (id) => {
    const token = encodeToken(id);
    expect(token).toMatch(/^[A-Za-z0-9_=-]+$/);
    expect(decodeToken(token)).toBe(id);
  });
  it('takes a lane apart into what it was made of', () => {
    const at = { project: projectId('P 1'), agent: agentName('backend'), card: cardId('BE.1') };
    expect(parseLane(attemptLane(at))).toEqual({ kind: 'attempt', ...at });
    expect(parseLane(projectLane(at.project))).toEqual({ kind: 'project', project: at.project });
  });
});
