import { truncate } from '@flexcord/shared/messages/truncate';
import type { IncidentNotice, IncidentWords } from '@flexcord/shared/panel/incident';
import { languages, type Texts, textsFor } from '../texts/index.ts';

const MAX_TOPIC_LENGTH = 120;

/** The words of a notice in the language of who reads it, else in one that it has. */
export function inLanguage(notice: IncidentNotice, locale: string | null): IncidentWords {
  const own = locale?.startsWith('ja') ? notice.ja : notice.en;
  const other = own === notice.ja ? notice.en : notice.ja;
  return own.title === '' && own.text === '' ? other : own;
}

/** Whether a notice says something in some language: a title and a text. */
export const isWritten = (notice: IncidentNotice): boolean =>
  [notice.en, notice.ja].some(({ title, text }) => title.trim() !== '' && text.trim() !== '');

/** The language of the bot by its tag. */
const wordsOf = (tag: string): Texts['incidents'] =>
  (languages.find((language) => language.tag === tag) ?? textsFor(null)).incidents;

/**
 * What is suggested to be said while an incident lasts, and once it is over. `topic`: how one of the questions is called that
 * everybody can read; null where all were asked in private.
 */
export function suggestions(topic: string | null): { notice: IncidentNotice; over: IncidentNotice } {
  const name = topic === null ? null : truncate(topic, MAX_TOPIC_LENGTH, { ellipsis: '…' });
  const of = (tag: string, what: 'notice' | 'over'): IncidentWords => {
    const words = wordsOf(tag)[what];
    return { title: name === null ? words.title : words.titleOf(name), text: words.text };
  };
  return {
    notice: { en: of('en', 'notice'), ja: of('ja', 'notice') },
    over: { en: of('en', 'over'), ja: of('ja', 'over') },
  };
}
