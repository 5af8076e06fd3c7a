import { oneLine } from '@flexcord/shared/messages/one-line';

/**
 * What somebody said in a message, in one line, as the bridge writes its body: without the quote of what it replies to and
 * the notes in brackets around it; of a message that is nothing but a note, the note.
 */
export function wordsOf(body: string): string {
  const said = body
    .replace(/^(?:> .*\n)+/, '')
    .split('\n')
    .filter((line) => !/^\[.*\]$/.test(line))
    .join(' ')
    .trim();
  return oneLine(said || body.replace(/^\[([\s\S]*)\]$/, '$1'));
}
