import type { Article } from '../src/knowledge/article.ts';
import { articleOf, ContentError, checkContent, isPublishable } from '../src/knowledge/articles/content.ts';
import { readMarkdown } from '../src/knowledge/import/markdown.ts';
import { languageOfPage } from '../src/knowledge/text/terms.ts';

/** A file of articles that cannot be used: which one, and what in it. */
export class ArticleFileError extends Error {
  override name = 'ArticleFileError';
}

/**
 * Every `.md` file under a folder as an article, in the order of their paths.
 * @throws ArticleFileError for the first file that is no article, and for two of the same id.
 */
export async function loadFolder(folder: string): Promise<Article[]> {
  const fileOf = new Map<string, string>();
  const articles: Article[] = [];
  for await (const record of readMarkdown(folder).records) {
    if (record.is !== 'article') throw new ArticleFileError(`${record.where}: ${record.reason}`);
    const { id, where } = record;
    const other = fileOf.get(id);
    if (other)
      throw new ArticleFileError(
        `${where}: field "id" is "${id}", which ${other} has too. Give one another.`,
      );
    fileOf.set(id, where);
    try {
      const { fields } = record;
      const language = fields.language ?? languageOfPage(`${fields.title} ${fields.text}`);
      const content = checkContent({ ...fields, language });
      if (!isPublishable(content)) throw new ContentError('text', 'is missing, and there is no link either.');
      articles.push(articleOf(id, content));
    } catch (error) {
      throw error instanceof ContentError ? new ArticleFileError(`${where}: ${error.message}`) : error;
    }
  }
  return articles;
}
