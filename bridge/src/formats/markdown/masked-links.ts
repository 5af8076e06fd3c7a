/** `[words](address)`, the address perhaps in angle brackets or with a title. */
export const MASKED_LINK =
  /^\[([^[\]\n]*)\]\(<?([^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)>?(?:\s+"[^"\n]*")?\)$/;

const ADDRESS = /(?:https?:\/\/|www\.)\S+|\b(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}\b/iu;

/** Whether the words of a link look like an address that leads to another host than the link does. */
export function isDeceptive(words: string, href: string): boolean {
  const shown = ADDRESS.exec(words.replace(/[*_~`\\]/g, ''))?.[0];
  if (!shown) return false;
  const host = (text: string) => URL.parse(/^https?:/i.test(text) ? text : `https://${text}`)?.host;
  return host(shown) !== host(href);
}
