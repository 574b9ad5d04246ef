import type { BeforeApplicationShutdown, OnApplicationBootstrap, Provider } from '@nestjs/common';

/** Something with a lifetime that a Nest application holds: it begins after every module is up and ends before any is torn down. */
export interface Service {
  start(): Promise<void>;
  stop(): Promise<void>;
}

class ServiceLifetime implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly service: Service) {}

  onApplicationBootstrap(): Promise<void> {
    return this.service.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.service.stop();
  }
}

export interface ServiceRegistration<T extends Service> {
  readonly token: symbol;
  readonly create: (...injected: never[]) => T | Promise<T>;
  readonly inject?: readonly symbol[];
}

/** Providers that make a service under its token and tie it to the application's life. */
export const serviceProviders = <T extends Service>({
  token,
  create,
  inject = [],
}: ServiceRegistration<T>): Provider[] => [
  { provide: token, useFactory: create as (...injected: unknown[]) => T | Promise<T>, inject: [...inject] },
  {
    provide: Symbol(`lifetime of ${String(token.description)}`),
    useFactory: (service: T) => new ServiceLifetime(service),
    inject: [token],
  },
];
