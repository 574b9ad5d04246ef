export { readMarkdown, type FencedBlock, type Heading, type MarkdownDocument } from './blocks.js';
export { lintMarkdown, unmentionedCriteria, type MarkdownRules, type SectionRule } from './lint-markdown.js';
