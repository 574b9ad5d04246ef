export * from './builders.js';
export { everything } from './board-views.js';
export { LaneSim } from './lane-sim.js';
export { Scenario, types } from './scenario.js';
export { randomCards, seeded, World } from './world.js';
