export type Direction = 'to-agent' | 'to-member';

/** A file as it was sent; its bytes begin with the token of its message. */
export interface SentFile {
  digest: string;
}

/** One message as its author wrote it. */
export interface Sent {
  /** Unique and in every text of it, but for those that are identical on purpose. */
  token: string;
  direction: Direction;
  /** The member's Discord id, whoever wrote it; of a public thread the name of its place. */
  memberId: string;
  /** In public: the Discord id of the member who wrote it. */
  speakerId?: string | undefined;
  at: number;
  /** The first words of somebody new. */
  isFirst: boolean;
  /** The agent who wrote it, as members are shown their name. */
  by?: string | undefined;
  /** The text where it is identical with others; it then has neither edits nor files. */
  same?: string;
  /** Pieces of text that carry the token, 0 for a file alone. */
  texts: number;
  files: SentFile[];
  /** 1, and one more for each edit. */
  version: number;
  edits: number[];
  deletedAt?: number;
}

const TOKEN = /[ma][0-9a-z]{3}n[0-9a-z]{5}z/g;
const MARK = /([ma][0-9a-z]{3}n[0-9a-z]{5}z)(?:p(\d+))? v(\d+)/g;
const PIECE =
  /([ma][0-9a-z]{3}n[0-9a-z]{5}z)(?:p\d+)? v\d+ ([\s\S]*?) ([ma][0-9a-z]{3}n[0-9a-z]{5}z)p(\d+)s([0-9a-z]+)end/g;
const base36 = (number: number, width: number) => number.toString(36).padStart(width, '0');

/** Letters and digits alone, so that no encoding changes it. */
export const tokenOf = (direction: Direction, member: number, number: number) =>
  `${direction === 'to-agent' ? 'm' : 'a'}${base36(member, 3)}n${base36(number, 5)}z`;

export const directionOf = (token: string): Direction => (token.startsWith('m') ? 'to-agent' : 'to-member');

export const tokensIn = (text: string): string[] => [...new Set(text.match(TOKEN) ?? [])];

/** How a piece of text names its message: `part` where there are several. */
const markOf = (token: string, version: number, part?: number) =>
  `${token}${part === undefined ? '' : `p${part}`} v${version}`;

/** A piece of text as it is written: the mark, words, and an end by which one knows that they are all there, unchanged. */
export const pieceOf = (token: string, version: number, words: string, part?: number) =>
  `${markOf(token, version, part)} ${words} ${endOf(token, words, part)}`;

/** How much space is between words is nobody's loss. */
const sumOf = (words: string) => Bun.hash.crc32(words.trim().replace(/\s+/g, ' ')).toString(36);
const endOf = (token: string, words: string, part = 0) => `${token}p${part}s${sumOf(words)}end`;

export interface Mark {
  token: string;
  part: number;
  version: number;
}

export const marksIn = (text: string): Mark[] =>
  [...text.matchAll(MARK)].map(([, token = '', part, version]) => ({
    token,
    part: Number(part ?? 0),
    version: Number(version),
  }));

/** Each piece of text that is there from its mark to its end as it was written, as `token part`. */
export const wholeIn = (text: string): string[] =>
  [...text.matchAll(PIECE)].flatMap(([, begun, words = '', token = '', part = '', sum]) =>
    begun === token && sum === sumOf(words) ? `${token} ${part}` : [],
  );

export const digestOf = (bytes: Uint8Array): string =>
  new Bun.CryptoHasher('sha256').update(bytes).digest('hex').slice(0, 16);

/** What people did, in the order in which they did it. */
export function createBook() {
  const all = new Map<string, Sent>();
  return {
    write(sent: Omit<Sent, 'version' | 'edits' | 'at'>): Sent {
      const entry: Sent = { ...sent, at: Date.now(), version: 1, edits: [] };
      all.set(entry.token, entry);
      return entry;
    },
    /** Returns the number of the new version. */
    edit(token: string): number {
      const sent = all.get(token);
      if (!sent) throw new RangeError(`nothing was sent as ${token}`);
      sent.edits.push(Date.now());
      sent.version += 1;
      return sent.version;
    },
    remove(token: string): void {
      const sent = all.get(token);
      if (sent) sent.deletedAt = Date.now();
    },
    find: (token: string) => all.get(token),
    all: () => all.values(),
    size: () => all.size,
  };
}

export type Book = ReturnType<typeof createBook>;
