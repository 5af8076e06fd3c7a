/** An answer of the brand's, as members find it and agents send it. */
export interface Article {
  id: string;
  title: string;
  /** Questions as people ask them; they find the article better than its text does. */
  questions: string[];
  /** Markdown. */
  text: string;
  url?: string;
  language: 'en' | 'ja';
}
