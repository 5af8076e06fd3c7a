export interface Part {
  name: string;
  isFile: boolean;
  /** Empty for a file. */
  text: string;
}

/**
 * Reads the parts of a multipart/form-data body, or nothing where it is none (RFC 7578).
 * The platform's own parser is asynchronous only, and an observer of exchanges must not keep them waiting.
 */
export function readMultipart(body: Uint8Array, contentType: string): Part[] | undefined {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const sections = bytes.toString('latin1').split(`--${boundary}`);
  if (sections.length < 2 || !sections.at(-1)?.startsWith('--')) return undefined;
  return sections.slice(1, -1).flatMap((section) => {
    const end = section.indexOf('\r\n\r\n');
    const head = section.slice(0, end);
    const name = /\bname="([^"]*)"/i.exec(head)?.[1];
    if (end < 0 || name === undefined) return [];
    const isFile = /\bfilename\*?=/i.test(head);
    const content = section.slice(end + 4).replace(/\r\n$/, '');
    return [{ name, isFile, text: isFile ? '' : Buffer.from(content, 'latin1').toString('utf8') }];
  });
}
