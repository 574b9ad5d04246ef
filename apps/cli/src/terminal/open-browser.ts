import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', linux: 'xdg-open' };

/** Which program opens an address here; undefined where nobody would see it: no desktop, a remote shell, CI. */
export const openerOf = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined => {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  if (['CI', 'SSH_CONNECTION', 'SSH_TTY', 'SQUADOS_NO_BROWSER'].some(isSet)) return undefined;
  if (platform === 'linux' && !isSet('DISPLAY') && !isSet('WAYLAND_DISPLAY')) return undefined;
  return OPENERS[platform];
};

/** Tries to show an address in the browser. Never fails: who can't be shown it has read it. */
export const openBrowser = (address: () => string, env: NodeJS.ProcessEnv): void => {
  const opener = openerOf(env, process.platform);
  if (opener === undefined) return;
  const child = spawn(opener, [address()], { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
};
