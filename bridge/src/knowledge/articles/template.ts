import { PLACEHOLDERS, type Placeholder } from '@flexcord/shared/panel/library';
import type { Article } from '../article.ts';
import { plainText } from '../text/plain-text.ts';

/** What is known to put in; null and absent are not known. */
export type TemplateValues = { [Name in Placeholder]?: string | null };

/** `{{name}}`, or `{{name|what to put when it is not known}}`. */
const PLACEHOLDER = /\{\{\s*([^{}|]*?)\s*(?:\|\s*([^{}]*?)\s*)?\}\}/g;

/** A response template with its placeholders filled in. One that does not exist stays as it is written. */
export function renderTemplate(template: string, values: TemplateValues): string {
  return template
    .replace(PLACEHOLDER, (written, name: string, otherwise = '') =>
      Object.hasOwn(PLACEHOLDERS, name) ? values[name as Placeholder] || otherwise : written,
    )
    .replace(/ +([,.!?])/g, '$1')
    .trim();
}

/** Names of placeholders that do not exist, each once. */
export function unknownPlaceholders(template: string): string[] {
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => !Object.hasOwn(PLACEHOLDERS, name)))];
}

/** What *Insert* puts into an agent's composer: the article's response, else its text and link. */
export function responseOf(article: Article, values: TemplateValues): string {
  const { responseTemplate, text, url, title } = article;
  if (responseTemplate === undefined) return [plainText(text), url].filter(Boolean).join('\n');
  return renderTemplate(responseTemplate, { ...values, 'article.title': title, 'article.url': url });
}
