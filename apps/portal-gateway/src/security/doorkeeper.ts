import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { GatewayProblem } from '../http/gateway-problem.js';
import type { Access } from './access.js';
import { sessionCookie, sessionOf } from './cookies.js';
import { DOOR_STYLE, NO_SESSION_PAGE, WELCOME_PAGE } from './door-pages.js';
import { PAGE_HEADERS } from './headers.js';
import { isForeignSite, isOwnHost, isOwnMutation, isOwnOrigin } from './origins.js';

export interface DoorParts {
  readonly access: Access;
  /** Known once the server listens. */
  readonly port: () => number;
}

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Stands before every route. In this order: headers on whatever is answered; who we are called (DNS rebinding); who asks (CSRF);
 * links become sessions; without a session nothing but the door's own pages.
 */
export const doorkeeper = ({ access, port }: DoorParts): RequestHandler => {
  return (request, response, next) => {
    response.set(PAGE_HEADERS);
    const refusal = refusalOf(request, port());
    if (refusal) return next(refusal);
    if (request.path === '/door.css') return void response.type('css').send(DOOR_STYLE);
    const isOpen = access.isOpen(sessionOf(request.headers.cookie, port()));
    const { t } = request.query;
    if (request.method === 'GET' && request.path === '/' && typeof t === 'string') {
      return exchange({ access, token: t, isOpen, port: port() }, response);
    }
    if (isOpen) return next();
    return noSession(request, response, next);
  };
};

const refusalOf = ({ headers, method }: Request, port: number): GatewayProblem | undefined => {
  if (!isOwnHost(headers.host, port)) return foreign(`this page is not called ${JSON.stringify(headers.host ?? '')}`);
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, port)) return foreign('another site asks');
  if (READING.has(method)) return undefined;
  if (isForeignSite(headers)) return foreign('another site asks');
  return isOwnMutation(headers) ? undefined : foreign('this request lacks the header X-SquadOS: 1 or is no JSON');
};

const foreign = (what: string): GatewayProblem =>
  new GatewayProblem({ status: 403, code: 'foreign', title: `refused: ${what}`, remedy: ['use the printed link'] });

const exchange = (
  asked: { readonly access: Access; readonly token: string; readonly isOpen: boolean; readonly port: number },
  response: Response,
): void => {
  response.set('cache-control', 'no-store').type('html');
  const session = asked.access.redeem(asked.token);
  if (session !== undefined) response.set('set-cookie', sessionCookie(asked.port, session)).send(WELCOME_PAGE);
  else if (asked.isOpen)
    response.send(WELCOME_PAGE); // a reload of the link in the browser that used it
  else response.status(401).send(NO_SESSION_PAGE);
};

const noSession = (request: Request, response: Response, next: NextFunction): void => {
  if (request.path === '/') {
    response.status(401).set('cache-control', 'no-store').type('html').send(NO_SESSION_PAGE);
    return;
  }
  next(
    new GatewayProblem({
      status: 401,
      code: 'unauthorised',
      title: 'there is no session: each link opens the page once',
      remedy: ['get a new link with: squados link'],
    }),
  );
};
