import { PLACEHOLDERS, type Placeholder } from '@flexcord/shared/panel/library';
import { forComposer, plainLines } from '../../formats/markdown/to-plain.ts';
import type { Article } from '../article.ts';

/** What is known to put in; null and absent are not known. */
export type TemplateValues = { [Name in Placeholder]?: string | null };

/** `{{name}}`, or `{{name|what to put when it is not known}}`, with the spaces before it. */
const PLACEHOLDER = /( *)\{\{\s*([^{}|]*?)\s*(?:\|\s*([^{}]*?)\s*)?\}\}([,.!?])?/g;

/** A response template with its placeholders filled in. One that does not exist stays as it is written. */
export function renderTemplate(template: string, values: TemplateValues): string {
  return template
    .replace(PLACEHOLDER, (written, space: string, name: string, otherwise = '', stop = '') => {
      if (!Object.hasOwn(PLACEHOLDERS, name)) return written;
      const value = forComposer(values[name as Placeholder] ?? '') || otherwise;
      // Where nothing is put in, no space stands alone before a comma.
      return (value === '' && stop !== '' ? '' : space) + value + stop;
    })
    .trim();
}

/** Names of placeholders that do not exist, each once. */
export function unknownPlaceholders(template: string): string[] {
  const names = [...template.matchAll(PLACEHOLDER)].map(([, , name = '']) => name);
  return [...new Set(names.filter((name) => !Object.hasOwn(PLACEHOLDERS, name)))];
}

/** What *Insert* puts into an agent's composer, which reads Markdown: the article's response, else its words and link. */
export function responseOf(article: Article, values: TemplateValues): string {
  const { responseTemplate, text, url, title } = article;
  if (responseTemplate === undefined) return [forComposer(plainLines(text)), url].filter(Boolean).join('\n');
  return renderTemplate(responseTemplate, { ...values, 'article.title': title, 'article.url': url });
}
