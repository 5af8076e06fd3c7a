import { foldCase } from '@flexcord/shared/messages/fold';
import { label } from '@flexcord/shared/messages/label';
import type { ImportField, ImportMapping } from '@flexcord/shared/panel/library';
import { IMPORT_FIELDS } from '@flexcord/shared/panel/library-constants';
import { ImportError } from './records.ts';

/** What a column of a table is. */
export interface Heading {
  field: ImportField;
  /** From 1: what did not fit into one cell goes on in further columns. */
  part: number;
}

/** A question is a title where there is none. */
type Guess = ImportField | 'question';

/** Headings that people give them, as `foldCase` has them, without spaces, dashes and underscores. */
const NAMES: Record<Guess, string> = {
  id: 'id articleid externalid identifier key nr 番号',
  title:
    'title titel titre título titulo titolo headline heading subject überschrift betreff thema タイトル 題名 件名 見出し 标题 標題 제목',
  question:
    'q question questions samplequestion samplequestions faq frage fragen pregunta preguntas pergunta perguntas domanda domande vraag fråga spørgsmål pytanie вопрос 質問 質問例 问题 問題 질문 soru kysymys otázka kérdés întrebare pitanje ερώτηση คำถาม سؤال שאלה pertanyaan câuhỏi',
  // Its own name is a question's.
  questions: '',
  text: 'a text body answer answers answertext content contents article description antwort antworten inhalt beschreibung réponse reponse contenu respuesta respuestas contenido resposta conteúdo conteudo risposta contenuto antwoord inhoud svar odpowiedź ответ текст 回答 答え 本文 内容 回答内容 答案 解答 답변 답 내용 cevap yanıt vastaus odpověď odpoveď válasz răspuns odgovor απάντηση คำตอบ جواب إجابة תשובה jawaban trảlời',
  language: 'language lang locale sprache langue idioma lingua taal язык 言語 语言 語言 언어',
  status:
    'status state published publication veröffentlicht estado statut stato 状態 ステータス 公開状態 状态',
  labels:
    'label labels tag tags category categories keyword keywords section kategorie kategorien schlagworte schlagwörter stichworte catégorie categorie étiquettes categoría etiquetas categoria カテゴリ カテゴリー タグ ラベル 分類 分类 标签',
  url: 'url link links href address permalink source webseite lien enlace リンク アドレス 链接',
  response_template:
    'response responsetemplate template macro reply antwortvorlage vorlage テンプレート 返信文',
  owner: 'owner responsible verantwortlich zuständig responsable propietario 担当者 負責人',
  review_on: 'reviewon reviewdate review prüfdatum überprüfung révision revisión 見直し日 レビュー日',
};

const GUESSES = new Map<string, Guess>(
  Object.entries(NAMES).flatMap(([guess, names]) =>
    names
      .split(/\s+/)
      .filter(Boolean)
      .map((name): [string, Guess] => [name, guess as Guess]),
  ),
);

const MAX_NAME_LENGTH = 80;
/** A heading as it is shown, and as it is named where its column is mapped. */
export const headingName = (cell: string): string => label(cell, MAX_NAME_LENGTH);

/** `text_2` goes on with what did not fit into the cell of `text`. */
const CONTINUED = /^(.+)_([2-9]|\d\d)$/;

/**
 * What the columns of a row of headings are: as `mapping` says, else as their names say; null where none is a title, so that
 * it is no row of headings. Of two columns for one field, the second is left out.
 */
export function headingsOf(cells: readonly string[], mapping: ImportMapping): (Heading | null)[] | null {
  const given = new Map(Object.entries(mapping).map(([name, field]) => [foldCase(headingName(name)), field]));
  const names = cells.map((cell) => foldCase(headingName(cell)));
  const isMapped = names.some((name) => name !== '' && given.has(name));
  const fixed = new Set(names.flatMap((name) => given.get(name) ?? []));
  const guesses = names.map((name) => guessOf(name, given));
  const hasTitle = fixed.has('title') || guesses.some((guess) => guess?.guess === 'title');
  const taken = new Map<string, number>();
  const headings = names.map((name, index): Heading | null => {
    const own = given.get(name);
    if (own === null) return null;
    const guess = guesses[index];
    const part = guess?.part ?? 1;
    const field = own ?? fieldOf(guess?.guess, hasTitle || taken.has('title 1'));
    if (!field || (own === undefined && fixed.has(field) && part === 1)) return null;
    const place = `${field} ${part}`;
    if (taken.has(place)) return null;
    taken.set(place, index);
    return { field, part };
  });
  const isHeading = headings.some((heading) => heading?.field === 'title');
  if (isHeading && !missing(given, names)) return headings;
  if (isMapped && isHeading)
    throw new ImportError(
      `There is no column "${missing(given, names)}"; there are ${cells.filter(Boolean).join(', ')}.`,
    );
  return isHeading && given.size === 0 ? headings : null;
}

/** What columns are, by the numbers that `mapping` names them by, from 1; null where it names them otherwise. */
export function columnsByNumber(cells: readonly string[], mapping: ImportMapping): (Heading | null)[] | null {
  const numbers = Object.keys(mapping);
  const isNumbered = numbers.length > 0 && numbers.every((number) => /^[1-9]\d{0,3}$/.test(number));
  if (!isNumbered || numbers.some((number) => cells.includes(number))) return null;
  const taken = new Set<ImportField>();
  const headings = cells.map((_, index): Heading | null => {
    const field = mapping[index + 1];
    if (!field || taken.has(field)) return null;
    taken.add(field);
    return { field, part: 1 };
  });
  const beyond = numbers.find((number) => Number(number) > cells.length);
  if (beyond) throw new ImportError(`There is no column ${beyond}; there are ${cells.length}.`);
  return taken.has('title') ? headings : null;
}

/** Whether some cell of a row is known as a heading. */
export const hasHeading = (cells: readonly string[]): boolean =>
  cells.some((cell) => guessOf(foldCase(headingName(cell)), new Map()));

/** Whether a row whose cells were mapped as headings is the first article of a table that has none: it asks or answers something. */
export function isArticleRow(cells: readonly string[], headings: readonly (Heading | null)[]): boolean {
  return headings.some((heading, index) => {
    const cell = cells[index]?.trim() ?? '';
    return (heading?.field === 'title' || heading?.field === 'text') && isSentence(cell);
  });
}

const isSentence = (cell: string): boolean =>
  cell.length > MAX_NAME_LENGTH ||
  /^\S+(?:\s+\S+){2,}[.?!]$|^[^\s]{5,}[。？！]$|[。？！].*[。？！]$/s.test(cell);

const missing = (given: ReadonlyMap<string, unknown>, names: readonly string[]): string | undefined =>
  [...given.keys()].find((name) => !names.includes(name));

function guessOf(
  name: string,
  given: ReadonlyMap<string, unknown>,
): { guess: Guess; part: number } | undefined {
  if (given.has(name)) return undefined;
  const [, base = name, part = '1'] = CONTINUED.exec(name) ?? [];
  const exact = IMPORT_FIELDS.find((field) => field === base);
  const guess = exact ?? GUESSES.get(base.replace(/[\s_:*.()\-–?？]+/g, ''));
  return guess && { guess: guess === 'questions' && part === '1' ? 'question' : guess, part: Number(part) };
}

function fieldOf(guess: Guess | undefined, hasTitle: boolean): ImportField | undefined {
  return guess === 'question' ? (hasTitle ? 'questions' : 'title') : guess;
}

/**
 * The mapping that a command's `--map FIELD=COLUMN` say; `question=Frage` is the title where nothing else is.
 * @throws ImportError
 */
export function mappingOf(given: readonly string[]): ImportMapping {
  const pairs = given.map((pair) => {
    const at = pair.indexOf('=');
    const field = pair.slice(0, Math.max(0, at)).trim().toLowerCase();
    const column = pair.slice(at + 1).trim();
    const known = field === '' || field === 'question' || IMPORT_FIELDS.some((name) => name === field);
    if (at < 0 || !known || column === '')
      throw new ImportError(
        `--map ${pair} is not right: it wants FIELD=COLUMN, where the field is ${IMPORT_FIELDS.join(', ')}, or nothing to leave the column out.`,
      );
    return { field, column };
  });
  const hasTitle = pairs.some(({ field }) => field === 'title');
  return Object.fromEntries(
    pairs.map(({ field, column }) => [
      column,
      field === ''
        ? null
        : field === 'question'
          ? hasTitle
            ? 'questions'
            : 'title'
          : (field as ImportField),
    ]),
  );
}
