import type { EntityPlan, OperationPlan, ServicePlan } from '../../shared/service-plan.js';
import { actionName, namesOf, type EntityNames } from '../python-names.js';
import { docText, file, fitted, importFrom, indented, natural, pyString } from '../python-text.js';

/** `app/api/<entity>.py`: paths, statuses and headers as the contract has them; no rule lives here. */
export const apiFile = (entity: EntityPlan): string => {
  const names = namesOf(entity);
  const { resource } = entity.model;
  return file([
    `"""${docText(entity.model.labelPlural)} over HTTP: paths, statuses and headers as the contract has them."""`,
    '',
    'from typing import Annotated',
    '',
    'import fastapi',
    '',
    'from app.core import session',
    'from app.core.contract import IfMatch, RowId, answers',
    'from app.core.etag import etag_of',
    'from app.core.security import authorized',
    `from app.models.${names.module} import ${names.row}`,
    ...importFrom(`app.schemas.${names.module}`, [names.read, names.input, names.page, names.query]),
    `from app.services.${names.module} import ${names.service}, ${names.module}_service`,
    '',
    'router = fastapi.APIRouter(',
    `    prefix=${pyString(`/${resource}`)},`,
    `    tags=[${pyString(entity.model.name)}],`,
    '    dependencies=[fastapi.Depends(authorized)],',
    ')',
    '',
    '',
    `async def service(on: session.OfRequest) -> ${names.service}:`,
    '    """The service on the session of the request."""',
    `    return ${names.module}_service(on)`,
    '',
    '',
    `Injected = Annotated[${names.service}, fastapi.Depends(service)]`,
    ...entity.operations.flatMap((operation) => ['', '', ...route(operation, entity, names)]),
    '',
    '',
    ...fitted('def told(', [`row: ${names.row}`, 'response: fastapi.Response'], `) -> ${names.read}:`),
    '    """The row as the contract has it, with its version as entity tag."""',
    '    response.headers["ETag"] = etag_of(row.version)',
    `    return ${names.read}.of(row)`,
  ]);
};

const ROUTES: Readonly<Record<OperationPlan['kind'], (o: OperationPlan, n: EntityNames) => readonly string[]>> = {
  list: (_o, n) => [
    ...fitted(
      'def list_page(',
      [`query: Annotated[${n.query}, fastapi.Query()]`, 'service: Injected'],
      `) -> ${n.page}:`,
    ),
    '    """One page, sorted and filtered as asked."""',
    '    found = service.page(query)',
    `    items = [${n.read}.of(row) for row in found.rows]`,
    `    return ${n.page}(items=items, page=query.page, size=query.size, total=found.total)`,
  ],
  create: (_o, n) => [
    'def create(',
    `    data: ${n.input},`,
    '    service: Injected,',
    '    request: fastapi.Request,',
    '    response: fastapi.Response,',
    `) -> ${n.read}:`,
    '    """Stores a new row and says where it is."""',
    '    row = service.create(data)',
    '    response.headers["Location"] = f"{request.url.path}/{row.id}"',
    '    return told(row, response)',
  ],
  read: (_o, n) => [
    `def read(row_id: RowId, service: Injected, response: fastapi.Response) -> ${n.read}:`,
    '    """The row of this id."""',
    '    return told(service.get(row_id), response)',
  ],
  update: (_o, n) => [
    'def update(',
    '    row_id: RowId,',
    '    data: ' + `${n.input},`,
    '    if_match: IfMatch,',
    '    service: Injected,',
    '    response: fastapi.Response,',
    `) -> ${n.read}:`,
    '    """Replaces the row, unless somebody else has changed it."""',
    '    return told(service.update(row_id, data, if_match), response)',
  ],
  delete: () => [
    'def delete(row_id: RowId, if_match: IfMatch, service: Injected) -> None:',
    '    """Removes the row, unless somebody else has changed it or another row uses it."""',
    '    service.delete(row_id, if_match)',
  ],
  action: (o, n) => {
    const name = actionName(o.action ?? '');
    return [
      ...fitted(
        `def ${name}(`,
        ['row_id: RowId', 'if_match: IfMatch', 'service: Injected', 'response: fastapi.Response'],
        `) -> ${n.read}:`,
      ),
      `    """${docText(o.summary)}."""`,
      `    return told(service.${name}(row_id, if_match), response)`,
    ];
  },
};

const HEADERS: Readonly<Record<OperationPlan['kind'], string>> = {
  list: '',
  create: ', headers=("ETag", "Location")',
  read: ', headers=("ETag",)',
  update: ', headers=("ETag",)',
  delete: '',
  action: ', headers=("ETag",)',
};

const route = (operation: OperationPlan, entity: EntityPlan, names: EntityNames): readonly string[] => {
  const path = operation.path.slice(`/${entity.model.resource}`.length);
  const good = operation.statuses.filter((s) => s < 400);
  const bad = operation.statuses.filter((s) => s >= 400);
  const status = good[0] ?? 200;
  return [
    `@router.${operation.method}(`,
    ...indented([
      `${pyString(path)},`,
      ...(status === 200 ? [] : [`status_code=${status},`]),
      `operation_id=${pyString(operation.operationId)},`,
      `summary=${pyString(operation.summary)},`,
      `responses=answers(${[status, ...bad].join(', ')}${HEADERS[operation.kind]}),`,
    ]),
    ')',
    ...ROUTES[operation.kind](operation, names),
  ];
};

/** `app/api/__init__.py`. */
export const apiIndexFile = (plan: ServicePlan): string => {
  const modules = plan.entities.map((e) => namesOf(e).module);
  return file([
    '"""Every router of the service, in the contract\'s order."""',
    '',
    ...importFrom('app.api', [...modules].sort(natural)),
    '',
    ...fitted(
      'routers = (',
      modules.map((m) => `${m}.router`),
      modules.length === 1 ? ',)' : ')',
    ),
  ]);
};
