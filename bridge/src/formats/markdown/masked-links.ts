import { decodeHTMLStrict } from 'entities';

/** `[words](address)`, the address perhaps in angle brackets or with a title. */
export const MASKED_LINK =
  /^\[([^[\]\n]*)\]\(<?([^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)>?(?:\s+"[^"\n]*")?\)$/;

/** What stands for the dot of an address beside the full stop (https://www.rfc-editor.org/rfc/rfc3490#section-3.1). */
const DOTS = /[\u3002\uFF0E\uFF61\u2024]/g;
/** Marks, and what is not seen at all. */
const UNSEEN = /[*_~`\\\p{Cf}\p{DI}]/gu;

const ADDRESS = /(?:https?:\/\/|www\.)\S+|\b(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}\b/iu;

/** Whether the words of a link look like an address that leads to another host than the link does. */
export function isDeceptive(words: string, href: string): boolean {
  const seen = decodeHTMLStrict(words).replace(UNSEEN, '').replace(DOTS, '.').normalize('NFKC');
  const shown = ADDRESS.exec(seen)?.[0];
  if (!shown) return false;
  const host = (text: string) => URL.parse(/^https?:/i.test(text) ? text : `https://${text}`)?.host;
  return host(shown) !== host(href);
}
