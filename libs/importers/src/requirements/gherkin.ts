import type { DocumentLine } from './document-lines.js';

const FEATURE = /^(?:Feature|Ability|Business Need|Funcionalidade|Caracter[íi]stica):\s*(\S.*)$/i;
const NAMED =
  /^(?:Scenario(?: Outline| Template)?|Example|Rule|(?:Esquema do |Delinea[çc][ãa]o do )?Cen[áa]rio|Exemplo|Regra):\s*(.*)$/i;
const EMPTY =
  /^(?:@|#|"""|\||(?:Background|Contexto|Cen[áa]rio de Fundo|Fundo|Examples|Scenarios|Exemplos|Cen[áa]rios):\s*$)/i;
const FENCE = /^(?:```|~~~)\s*(\w*)/;

/** Whether a document tells features in code fences that say so. */
export const holdsGherkin = (lines: readonly DocumentLine[]): boolean =>
  lines.some((line) => line.kind === 'code' && FEATURE.test(line.body));

const spoken = (line: string): string => {
  const text = line.trim();
  if (EMPTY.test(text)) return '';
  const feature = FEATURE.exec(text)?.[1];
  if (feature !== undefined) return `## Feature: ${feature}`;
  const name = NAMED.exec(text)?.[1];
  return name === undefined ? text.replace(/^\*\s+/, '') : name;
};

const isGherkinFence = (info: string): boolean => /^(?:gherkin|feature|cucumber)$/i.test(info);

/** Gherkin as a document: each feature a heading, its scenarios and steps the text below; every line keeps its number. */
export const gherkinAsText = (text: string): string => {
  const lines = text.split(/\r\n|\n|\r/);
  const isFenced = lines.some((line) => isGherkinFence(FENCE.exec(line.trim())?.[1] ?? ''));
  let inside = !isFenced;
  return lines
    .map((line) => {
      const fence = isFenced ? FENCE.exec(line.trim()) : null;
      if (!fence) return inside ? spoken(line) : line;
      const opens = !inside && isGherkinFence(fence[1] ?? '');
      const isOurs = inside || opens;
      inside = opens;
      return isOurs ? '' : line;
    })
    .join('\n');
};
