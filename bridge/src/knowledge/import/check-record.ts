import { ContentError, checkContent, hashOf, isPublishable } from '../articles/content.ts';
import { baseLanguage } from '../text/language-tag.ts';
import { languageOfPage } from '../text/terms.ts';
import { type ArticleRecord, type ImportOptions, shortHash } from './records.ts';

/** An article of an import whose fields are right. */
export interface Checked extends ArticleRecord {
  content: ReturnType<typeof checkContent>;
  hash: string;
}

const MAX_ID_LENGTH = 200;

/** Checks the records of one import, one after another; what is not right is named, and null. */
export function createRecordCheck(
  options: ImportOptions,
  note: (list: 'broken', where: string, reason: string) => void,
): (found: ArticleRecord) => Checked | null {
  const taken = new Map<string, { where: string; language: string }>();

  function idFor(found: ArticleRecord, language: string): string {
    const { id, idIsDerived, sourceId, where } = found;
    const other = taken.get(id);
    if (!other && id.length <= MAX_ID_LENGTH) return id;
    if (!idIsDerived) {
      if (!other) throw new ContentError('id', `is longer than ${MAX_ID_LENGTH} characters.`);
      throw new ContentError('id', `is "${id}", which ${other.where} has too.`);
    }
    const own =
      other && baseLanguage(other.language) !== baseLanguage(language)
        ? `${id}-${language.toLowerCase()}`
        : `${id.slice(0, 100)}-${shortHash(sourceId)}`;
    if (taken.has(own)) throw new ContentError('id', `is "${own}", which ${taken.get(own)?.where} has too.`);
    return own.length > MAX_ID_LENGTH ? `m-${shortHash(`${where} ${sourceId}`)}` : own;
  }

  return (found) => {
    try {
      const { fields, where } = found;
      const labels = [...(Array.isArray(fields.labels) ? fields.labels : []), ...(options.labels ?? [])];
      const language =
        fields.language ?? options.language ?? languageOfPage(`${fields.title ?? ''} ${fields.text ?? ''}`);
      const content = checkContent({ ...fields, language, labels });
      if (!isPublishable(content)) throw new ContentError('text', 'is missing, and there is no link either.');
      const id = idFor(found, content.language);
      taken.set(id, { where, language: content.language });
      return { ...found, id, content, hash: hashOf(content) };
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      note('broken', found.where, error.message);
      return null;
    }
  };
}
