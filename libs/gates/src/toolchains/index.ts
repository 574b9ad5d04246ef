export * from './toolchains.port.js';
