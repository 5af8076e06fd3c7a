/** Languages that members are answered in. */
export type Language = 'en' | 'ja';

/** An answer of the brand's, as members find it and agents send it. */
export interface Article {
  id: string;
  title: string;
  /** Questions as people ask them; they find the article better than its text does. */
  questions: string[];
  /** Markdown. */
  text: string;
  url?: string;
  /** A BCP 47 tag in its shortest form; see `languageTag`. */
  language: string;
  labels?: string[];
  /** What *Insert* puts into an agent's composer; without it agents take the text. */
  responseTemplate?: string;
}
