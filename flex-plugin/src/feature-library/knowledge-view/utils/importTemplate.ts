import { IMPORT_FIELDS } from '@flexcord/shared/panel/library-constants';

/** A row that shows what each column is for. None of it needs quotes. */
const EXAMPLE: Record<(typeof IMPORT_FIELDS)[number], string> = {
  id: 'reset-password',
  title: 'Reset a forgotten password',
  language: 'en',
  status: 'draft',
  labels: 'account',
  url: 'https://help.example/password',
  questions: 'I forgot my password',
  text: 'Choose **I forgot my password** below the login.',
  response_template: 'Hi {{member.name|there}} – set a new one here: {{article.url}}',
  owner: 'kim',
  review_on: '2030-01-31',
};

/** Downloads a spreadsheet with every column that an import knows, and one row as an example. */
export function downloadTemplate(): void {
  const rows = [IMPORT_FIELDS, IMPORT_FIELDS.map((field) => EXAMPLE[field])];
  // The mark at the beginning tells Excel that this is UTF-8.
  const url = URL.createObjectURL(new Blob([`\ufeff${rows.map((row) => row.join(',')).join('\r\n')}\r\n`]));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'articles-template.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
