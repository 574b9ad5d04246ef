/** `() => string`: draws a UUID. */
export const NEW_EVENT_ID = Symbol('NEW_EVENT_ID');
/** `WallClock`. */
export const CLOCK = Symbol('CLOCK');
/** `Logger`. */
export const LOGGER = Symbol('LOGGER');
/** `HealthState`. */
export const HEALTH = Symbol('HEALTH');
/** `Lifecycle`. */
export const LIFECYCLE = Symbol('LIFECYCLE');
