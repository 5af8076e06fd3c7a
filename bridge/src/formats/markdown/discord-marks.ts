/** A part of a line: a mark that begins or ends, or a text that is ready for Discord. */
export type Piece =
  | { is: 'open'; mark: string }
  | { is: 'close'; mark: string }
  /** `fixed`: code or an address, in which signs cannot be escaped. */
  | { is: 'text'; text: string; fixed: boolean };

/** Invisible; parts signs that Discord would read together. */
export const SEPARATOR = '\u200b';

/**
 * The pieces as one text. Where the signs of two marks would touch so that Discord, which has simpler rules than
 * CommonMark, reads others, every stretch of one look is marked on its own.
 */
export function inDiscordMarks(pieces: readonly Piece[]): string {
  return areUnmistakable(pieces)
    ? pieces.map((piece) => (piece.is === 'text' ? piece.text : piece.mark)).join('')
    : stretchesOf(pieces).reduce(joined, { text: '', marks: '' }).text;
}

/** No mark begins directly behind the end of another, and none holds its own signs. */
function areUnmistakable(pieces: readonly Piece[]): boolean {
  const open: string[] = [];
  for (const piece of pieces) {
    if (piece.is === 'open') open.push(piece.mark);
    else if (piece.is === 'close') open.pop();
    else if (endsMarks(piece, open)) return false;
  }
  const filled = pieces.filter((piece) => piece.is !== 'text' || piece.text !== '');
  return filled.every((piece, at) => {
    const next = filled[at + 1];
    if (!next) return true;
    if (piece.is === 'close') return next.is !== 'open' && !(next.is === 'text' && /^[*~]/.test(next.text));
    return piece.is !== 'open' || next.is !== 'close';
  });
}

/** Whether signs in a piece of code would end the marks around it. */
const endsMarks = (piece: Extract<Piece, { is: 'text' }>, open: readonly string[]): boolean =>
  piece.fixed && open.some((mark) => piece.text.includes(mark.charAt(0)));

interface Stretch {
  text: string;
  /** All marks that it stands in. */
  marks: string;
}

function stretchesOf(pieces: readonly Piece[]): Stretch[] {
  const open: string[] = [];
  const stretches: Stretch[] = [];
  for (const piece of pieces) {
    if (piece.is === 'open') open.push(piece.mark);
    else if (piece.is === 'close') open.splice(open.lastIndexOf(piece.mark), 1);
    else {
      const marks = endsMarks(piece, open) ? '' : open.toSorted().join('');
      const last = stretches.at(-1);
      if (last?.marks === marks) last.text += piece.text;
      else stretches.push({ text: piece.text, marks });
    }
  }
  return stretches;
}

function joined(before: Stretch, { text, marks }: Stretch): Stretch {
  const [, lead = '', words = '', trail = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (words === '') return { text: before.text + text, marks: '' };
  const closing =
    marks
      .match(/\*+|~+/g)
      ?.reverse()
      .join('') ?? '';
  const touches = lead === '' && before.marks !== '' && marks !== '';
  return {
    text: before.text + lead + (touches ? SEPARATOR : '') + marks + words + closing + trail,
    marks: trail === '' ? marks : '',
  };
}
