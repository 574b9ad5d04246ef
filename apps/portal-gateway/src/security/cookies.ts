/** Cookies know no ports: two folders that run at once on this machine must not overwrite each other's session. */
export const cookieName = (port: number): string => `squados_${port}`;

export const sessionCookie = (port: number, session: string): string =>
  `${cookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/`;

/** The session that a Cookie header carries for this port. */
export const sessionOf = (header: string | undefined, port: number): string | undefined => {
  const wanted = `${cookieName(port)}=`;
  const found = (header ?? '').split(';').find((part) => part.trim().startsWith(wanted));
  return found?.trim().slice(wanted.length);
};
