import type { Files } from '@squados/agent-runtime';
import type { BackendLanguage } from '@squados/contracts';
import type { ServicePlan } from './service-plan.js';

/** Every path that a writer gives lies below it. */
export const FOLDER = 'engenharia/backend';

/**
 * Writes a whole service in one language. Pure: no clock, no random, no disk. The card's note (`cards/<id>.md`) is written by the
 * role, not by writers, so nothing that a writer gives may depend on `plan.card` or `plan.touched`.
 *
 * What every service does alike, so that a client can't tell which one answers:
 * - Variables: `DATABASE_URL` (`postgresql://…`; `sqlite:///file.db` for a local demo), `API_TOKENS` (comma-separated bearer tokens
 *   that may do all), `API_READ_TOKENS` (may only read, 403 otherwise; optional), `HOST` (127.0.0.1), `PORT` (8000),
 *   `CORS_ORIGINS` (comma-separated, optional; `ETag` and `Location` are exposed), `LOG_LEVEL` (info). No `API_TOKENS`, no start.
 * - `GET /health/live` and `/health/ready` (asks the store; 503 when it does not answer), `GET /openapi.json` (the contract as
 *   designed, as JSON): outside `basePath`, without a token.
 * - Errors are `application/problem+json` with the title that `problems` has for the status, `detail` and, where a field is to
 *   blame, `errors: [{ field, message }]`, within the contract's lengths. 400: no JSON, no object, or a wrong path, query or header
 *   (also a missing If-Match). 401 with `WWW-Authenticate: Bearer`. 422: a body that breaks the schema, a reference that leads
 *   nowhere, text that the store can't hold (NUL). 409: a value that must be unique (names its field and the row that has it), a
 *   move that the state doesn't allow, a row in use. 404 before 412. `If-Match: *` matches; a list matches by any; weak tags never.
 * - An update, and an action that moves no state, count the version up. ETag is `"<version>"`. `Location` is the row's path.
 * - A list sorts by its key, then by id. Times are answered in UTC with `Z`.
 */
export interface BackendWriter {
  readonly language: BackendLanguage;
  write(plan: ServicePlan): Files;
  /**
   * Tests that hold the touched entities, by their paths in the service's own folder: what a card's quick profile runs (the note names them).
   * Paths of test files for Python, packages for Go.
   */
  testsOf(plan: ServicePlan): readonly string[];
  /** What was decided where the design is silent, in the plan's language. One sentence each. */
  assumptions(plan: ServicePlan): readonly string[];
}
