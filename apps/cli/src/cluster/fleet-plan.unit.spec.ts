import { describe, expect, it } from '@jest/globals';
import { appOf, fleetPlanOf } from './fleet-plan.js';

describe('the plan of a fleet', () => {
  it('runs every service once, unless told otherwise', () => {
    expect(Object.fromEntries(fleetPlanOf(undefined))).toMatchObject({
      orchestrator: 1,
      product: 1,
      qa: 1,
      'portal-gateway': 1,
    });
    const plan = fleetPlanOf('frontend=3, backend=2,portal-gateway=0,');
    expect([plan.get('frontend'), plan.get('backend'), plan.get('portal-gateway'), plan.get('qa')]).toEqual([
      3, 2, 0, 1,
    ]);
  });
  it.each(['frontend', 'frontend=x', 'nobody=1', 'frontend=33', 'frontend=-1', 'a=1=2'])(
    'does not understand %p',
    (text) => {
      expect(() => fleetPlanOf(text)).toThrow(/--agents/);
    },
  );
  it('knows the app of each service', () => {
    expect(['qa', 'orchestrator', 'portal-gateway'].map(appOf)).toEqual(['agent-qa', 'orchestrator', 'portal-gateway']);
  });
});
