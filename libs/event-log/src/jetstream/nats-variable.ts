import { parseNatsUrl, type NatsAccess } from './nats-access.js';

/** `NATS_URL`, for a service's configuration: absent means the embedded log. It may hold a password, so it is never shown. */
export const natsVariable = {
  env: 'NATS_URL',
  meaning: 'addresses of the NATS servers that hold the log',
  accepts: 'nats:// or tls:// with [user:password@|token@]host[:port], several separated by commas',
  isSecret: true,
  fallback: undefined as NatsAccess | undefined,
  parse: (text: string): NatsAccess | undefined => {
    const result = parseNatsUrl(text);
    return result.kind === 'access' ? result.access : undefined;
  },
} as const;
