/** `GatewayCore`: what the controllers share. */
export const GATEWAY = Symbol('GATEWAY');
