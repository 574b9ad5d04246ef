import { describe, expect, it } from '@jest/globals';
import type { DomainModel } from '@squados/contracts';
import fc from 'fast-check';
import { parse } from 'yaml';
import { createArchRole } from './create-arch-role.js';
import { archCards, cardsOf, noTools, taskFor, written, type TestRequirement, type Written } from './testing/tasks.js';
import { nameWords } from './text/identifiers.js';

type Language = 'pt' | 'en';

interface InventedField {
  readonly name: string;
  readonly kind: 'text' | 'integer' | 'enum' | 'date';
  readonly required: boolean;
  readonly unique: boolean;
  readonly max: number;
}
interface Invented {
  readonly language: Language;
  readonly entities: readonly {
    readonly name: string;
    readonly fields: readonly InventedField[];
    readonly states: readonly string[];
  }[];
}

/** Made-up words that no lexicon holds: a `z` and a `k` in each, singular in both languages. */
const syllable = fc.constantFrom('zor', 'kla', 'vex', 'bru', 'mik', 'tul', 'gno', 'wib', 'pla', 'fro');
const word = fc.tuple(syllable, syllable, fc.constantFrom('zko', 'zka', 'kzo', 'kza')).map((p) => p.join(''));
const words = (n: number): fc.Arbitrary<string[]> => fc.uniqueArray(word, { minLength: n, maxLength: n });

const field = (name: string): fc.Arbitrary<InventedField> =>
  fc.record({
    name: fc.constant(name),
    kind: fc.constantFrom('text', 'integer', 'enum', 'date'),
    required: fc.boolean(),
    unique: fc.boolean(),
    max: fc.integer({ min: 3, max: 900 }),
  });

const invented: fc.Arbitrary<Invented> = fc
  .tuple(fc.constantFrom<Language>('pt', 'en'), fc.integer({ min: 1, max: 4 }), words(24), fc.boolean())
  .chain(([language, n, names, stateful]) =>
    fc.tuple(...names.slice(4, 4 + 3 * n).map(field)).map((fields) => ({
      language,
      entities: names.slice(0, n).map((name, i) => ({
        name,
        fields: fields.slice(i * 3, i * 3 + 3),
        states: stateful ? names.slice(18 + i, 21 + i) : [],
      })),
    })),
  );

const specText = (f: InventedField, l: Language): string => {
  const say = (pt: string, en: string): string => (l === 'pt' ? pt : en);
  const kind = {
    text: say(`texto, até ${f.max} caracteres`, `text, up to ${f.max} characters`),
    integer: say(`inteiro, entre 0 e ${f.max}`, `integer, between 0 and ${f.max}`),
    enum: say('um de: alfa, beta, gama', 'one of: alfa, beta, gama'),
    date: say('data', 'date'),
  }[f.kind];
  const flags = [
    f.required ? say('obrigatório', 'required') : say('opcional', 'optional'),
    ...(f.unique && f.kind !== 'enum' ? [say('único', 'unique')] : []),
  ];
  return f.kind === 'enum' ? `${flags.join(', ')}, ${kind}` : `${kind}, ${flags.join(', ')}`;
};

const requirements = ({ language: l, entities }: Invented): readonly TestRequirement[] =>
  entities.map((e, i) => ({
    id: `RF${i + 1}`,
    title: l === 'pt' ? `Cadastrar ${e.name}` : `Register a ${e.name}`,
    text: [
      l === 'pt'
        ? `Como atendente, quero cadastrar ${e.name}, para que o trabalho ande.`
        : `As a clerk, I want to register a ${e.name}, so that work goes on.`,
      '',
      l === 'pt' ? '**Campos**:' : '**Fields**:',
      '',
      ...e.fields.map((f) => `- **${f.name}** (${specText(f, l)})`),
      ...(e.states.length > 0 ? ['', `**${l === 'pt' ? 'Estados' : 'States'}**: ${e.states.join(' → ')}`] : []),
    ].join('\n'),
  }));

const modelOf = (result: Written): DomainModel =>
  JSON.parse(result.files.get('arquitetura/modelo-de-dominio.json') ?? '{}') as DomainModel;

interface Schema {
  readonly properties: Readonly<
    Record<
      string,
      {
        readonly title?: string;
        readonly maxLength?: number;
        readonly maximum?: number;
        readonly enum?: readonly unknown[];
      }
    >
  >;
  readonly required?: readonly string[];
}

describe('the architecture owner', () => {
  it('follows invented entities, fields, limits and states exactly in model, DDL and OpenAPI', async () => {
    await fc.assert(
      fc.asyncProperty(invented, async (doc) => {
        const cards = cardsOf(requirements(doc), doc.language);
        const own = archCards(cards).at(-1)!;
        const result = await written(createArchRole({ gates: [] }), taskFor(cards, own));
        const model = modelOf(result);
        const ddl = result.files.get('arquitetura/schema.sql') ?? '';
        const api = parse(result.files.get('arquitetura/openapi.yaml') ?? '') as {
          components: { schemas: Record<string, Schema> };
        };
        expect(model.entities.map((e) => nameWords(e.label).join(''))).toEqual(doc.entities.map((e) => e.name));
        doc.entities.forEach((entity, i) => {
          const derived = model.entities[i]!;
          const names = entity.fields.map((f) => f.name);
          expect(derived.fields.map((f) => f.name)).toEqual(entity.states.length > 0 ? [...names, 'status'] : names);
          expect(derived.states?.states ?? []).toEqual(entity.states);
          const table = new RegExp(`CREATE TABLE ${derived.table} \\(([\\s\\S]*?)\\n\\);`).exec(ddl)?.[1] ?? '';
          const schema = api.components.schemas[derived.name]!;
          for (const f of entity.fields) {
            const column = new RegExp(`\\n  ${f.name} ([^\\n]*)`).exec(table)?.[1] ?? '';
            const property = schema.properties[f.name]!;
            expect(nameWords(property.title ?? '').join('')).toBe(f.name);
            expect(column.includes('NOT NULL')).toBe(f.required);
            expect(schema.required?.includes(f.name)).toBe(f.required);
            if (f.kind === 'text')
              expect([column.startsWith(`varchar(${f.max})`), property.maxLength]).toEqual([true, f.max]);
            if (f.kind === 'integer')
              expect([table.includes(`${f.name} >= 0 AND ${f.name} <= ${f.max}`), property.maximum]).toEqual([
                true,
                f.max,
              ]);
            if (f.kind === 'enum')
              expect([table.includes(`${f.name} IN ('alfa', 'beta', 'gama')`), property.enum?.slice(0, 3)]).toEqual([
                true,
                ['alfa', 'beta', 'gama'],
              ]);
            expect(table.includes(`UNIQUE (${f.name})`)).toBe(f.unique && f.kind !== 'enum');
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('writes the same bytes whatever order cards run in, with a fresh memory or a used one', async () => {
    const doc: TestRequirement[] = [
      { id: 'FR-1', title: 'Manage members', text: '**Fields**:\n\n- **name** (text, required)' },
      {
        id: 'FR-2',
        title: 'Lend a book',
        text: 'A loan belongs to one book and one member.\n\n**States**: open → returned',
      },
      { id: 'FR-3', title: 'Return a book', text: 'A returned loan can not change.' },
    ];
    const cards = cardsOf(doc, 'en');
    const archs = archCards(cards);
    const used = createArchRole({ gates: [] });
    const backwards = new Map<string, Written>();
    for (const own of [...archs].reverse()) backwards.set(own.id, await written(used, taskFor(cards, own)));
    for (const own of archs) {
      const known = cards.filter((c) => c.agent === 'product' || c.id === own.id);
      const fresh = await written(createArchRole({ gates: [] }), taskFor(known, own));
      expect([...fresh.files]).toEqual([...(backwards.get(own.id)?.files ?? [])]);
      expect(fresh.assumptions).toEqual(backwards.get(own.id)?.assumptions);
    }
  });

  it('grows the model from card to card and carries every migration so far under the same path', async () => {
    const cards = cardsOf(
      [
        { id: 'RF1', title: 'Cadastrar cliente', text: '' },
        { id: 'RF2', title: 'Cadastrar veículo', text: 'Cada veículo pertence a um cliente.' },
      ],
      'pt',
    );
    const [first, second] = await Promise.all(
      archCards(cards).map((own) => written(createArchRole({ gates: [] }), taskFor(cards, own))),
    );
    expect(modelOf(first!).entities.map((e) => e.name)).toEqual(['Cliente']);
    expect(modelOf(second!).entities.map((e) => e.name)).toEqual(['Cliente', 'Veiculo']);
    const path = 'arquitetura/migrations/0001_PROD-001.up.sql';
    expect(first!.files.get(path)).toBe(second!.files.get(path));
    expect(second!.files.get('arquitetura/migrations/0002_PROD-004.up.sql')).toContain(
      'FOREIGN KEY (cliente_id) REFERENCES clientes (id)',
    );
  });

  it.each([
    ['a minimum above its maximum', '- **slots** (integer, required, between 40 and 12)', 'min 40 > max 12'],
    ['a default outside the values', '- **kind** (one of: a, b, default c)', 'default c'],
    ['a field both required and optional', '- **name** (text, required, optional)', 'optional'],
    [
      'a field given twice with two types',
      '- **size** (integer, required)\n- **size** (date, required)',
      'integer ≠ date',
    ],
    [
      'a transition from a state that does not exist',
      '**States**: open → closed\n\nThe status changes from frozen to closed.',
      'frozen',
    ],
    [
      'a relation both stated and denied',
      'Each slot belongs to one route.\n\nA slot does not belong to a route.',
      'belong',
    ],
  ])('refuses %s, with place and excerpt, and the other cards go on', async (_what, text, words) => {
    const cards = cardsOf(
      [
        { id: 'FR-1', title: 'Manage slots', text: `Slots are kept.\n\n**Fields**:\n\n${text}` },
        { id: 'FR-2', title: 'Manage drivers', text: '' },
      ],
      'en',
    );
    const role = createArchRole({ gates: [] });
    const [bad, good] = archCards(cards);
    const result = await role.write(taskFor(cards, bad!), noTools);
    expect(result).toMatchObject({ kind: 'failed', retryable: false, code: 'contradiction' });
    if (result.kind !== 'failed') return;
    expect(result.message).toContain(words);
    expect(result.place).toMatch(/^FR-1, line \d+ \(doc\.md:\d+\)$/);
    expect(result.excerpt).not.toBe('');
    await expect(written(role, taskFor(cards, good!))).resolves.toBeDefined();
  });

  it('derives from ARCH cards themselves where a backlog has no design cards', async () => {
    const cards = archCards(
      cardsOf(
        [
          { id: 'A', title: 'Manage invoices', text: '' },
          { id: 'B', title: 'Manage payments', text: '' },
        ],
        'en',
      ),
    ).map((c) => ({ ...c, dependencies: [], requirementIds: [] }));
    const result = await written(createArchRole({ gates: [] }), taskFor(cards, cards[1]!));
    expect(modelOf(result).entities.map((e) => e.name)).toEqual(['Invoice', 'Payment']);
    expect(result.proposals).toEqual([]);
  });

  it('refuses a card without any text', async () => {
    const cards = archCards(cardsOf([{ id: 'A', title: '', text: '' }], 'en')).map((c) => ({
      ...c,
      title: '',
      description: '',
    }));
    const result = await createArchRole({ gates: [] }).write(taskFor(cards, cards[0]!), noTools);
    expect(result).toMatchObject({ kind: 'failed', code: 'input-missing' });
  });

  it('keeps its files in folders that no card id can leave', async () => {
    const cards = archCards(cardsOf([{ id: 'A', title: 'Manage invoices', text: '' }], 'en')).map((c) => ({
      ...c,
      id: '../../etc/x y' as typeof c.id,
    }));
    const result = await written(createArchRole({ gates: [] }), taskFor(cards, cards[0]!));
    for (const path of result.files.keys())
      expect(path).toMatch(/^arquitetura\/(?:[A-Za-z0-9_=.-]+\/)?[A-Za-z0-9_=.-]+$/);
    expect([...result.files.keys()].some((p) => p.includes('..'))).toBe(false);
  });
});
