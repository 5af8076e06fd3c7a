import { oneLine } from '@flexcord/shared/messages/one-line';
import type { ArticleContent } from '@flexcord/shared/panel/library';
import { ARTICLE_LIMITS } from '@flexcord/shared/panel/library-constants';

/** Fields of an article in the order of the form. */
export const contentFields = [
  'title',
  'questions',
  'text',
  'url',
  'language',
  'labels',
  'responseTemplate',
  'owner',
  'reviewOn',
] as const;
export type ContentField = (typeof contentFields)[number];

export const emptyContent: ArticleContent = {
  title: '',
  questions: [],
  text: '',
  url: null,
  language: 'en',
  labels: [],
  responseTemplate: null,
};

/** The content as the bridge stores it: without the surplus spaces, empty lines and repeated entries of typing. */
export function normalize(content: ArticleContent): ArticleContent {
  const entries = (list: string[]) => [...new Set(list.map(oneLine).filter((entry) => entry !== ''))];
  return {
    title: oneLine(content.title),
    questions: entries(content.questions),
    text: content.text.trim(),
    url: content.url?.trim() || null,
    language: content.language,
    labels: entries(content.labels),
    responseTemplate: content.responseTemplate?.trim() || null,
    owner: content.owner?.trim() || null,
    reviewOn: content.reviewOn || null,
  };
}

export function differingFields(one: ArticleContent, other: ArticleContent): ContentField[] {
  const [left, right] = [normalize(one), normalize(other)];
  return contentFields.filter((field) => JSON.stringify(left[field]) !== JSON.stringify(right[field]));
}

export const isSame = (one: ArticleContent, other: ArticleContent) =>
  differingFields(one, other).length === 0;

const webAddress = /^https?:\/\/\S+$/;

const isWithin = (entries: string[], maxEntries: number, maxLength: number) =>
  entries.length <= maxEntries && entries.every((entry) => entry.length <= maxLength);

/** The key of the text that says why this cannot be saved, or published; undefined where it can. */
export function validationErrorOf(content: ArticleContent, isPublished: boolean): string | undefined {
  const { title, url, text, questions, labels } = normalize(content);
  if (title === '') return 'FlexcordKbNeedsTitle';
  if (url !== null && !webAddress.test(url)) return 'FlexcordKbBadLink';
  if (isPublished && text === '' && url === null) return 'FlexcordKbNeedsText';
  if (!isWithin(questions, ARTICLE_LIMITS.questions, ARTICLE_LIMITS.question))
    return 'FlexcordKbBadQuestions';
  if (!isWithin(labels, ARTICLE_LIMITS.labels, ARTICLE_LIMITS.label)) return 'FlexcordKbBadLabels';
  return undefined;
}
