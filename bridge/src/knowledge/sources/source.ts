import { resolve } from 'node:path';
import type { ImportReport } from '@flexcord/shared/panel/library';
import { SOURCE_INTERVAL_MS } from '@flexcord/shared/panel/library-constants';
import type { NewSource, SourceKind, SourceRule } from '@flexcord/shared/panel/library-sources';
import type { Selectable } from 'kysely';
import { isLoopbackHost } from '../../net/addresses.ts';
import type { KnowledgeSourcesTable } from '../../store/schema.ts';
import { ImportError } from '../import/records.ts';
import { languageTag } from '../text/language-tag.ts';

/** A place outside that articles come from. */
export interface Source {
  id: number;
  kind: SourceKind;
  /** A folder's path, or an address. */
  place: string;
  /** No others are asked. */
  hosts: string[];
  allowPrivate: boolean;
  intervalMs: number;
  language: string | null;
  labels: string[];
  rule: SourceRule;
  /** In milliseconds since the epoch, by the store's clock, as the times below. */
  nextAt: number;
  /** `import_origin` of its articles; null until it was read. */
  origin: string | null;
  triedAt: number | null;
  readAt: number | null;
  error: string | null;
  failures: number;
  report: ImportReport | null;
}

export type SourceRow = Selectable<KnowledgeSourcesTable>;

/** What is needed to read one, without what became of it. */
export type SourceSettings = Pick<
  Source,
  'kind' | 'place' | 'hosts' | 'allowPrivate' | 'intervalMs' | 'language' | 'labels' | 'rule'
>;

export const sourceOf = (row: SourceRow): Source => ({
  id: Number(row.id),
  kind: row.kind,
  place: row.place,
  hosts: JSON.parse(row.hosts),
  allowPrivate: row.allow_private === 1,
  intervalMs: Number(row.interval_ms),
  language: row.language,
  labels: JSON.parse(row.labels),
  rule: row.rule,
  nextAt: row.next_at,
  origin: row.origin,
  triedAt: row.tried_at,
  readAt: row.read_at,
  error: row.error,
  failures: row.failures,
  report: row.report === null ? null : JSON.parse(row.report),
});

const ZENDESK_ARTICLES = '/api/v2/help_center/articles.json?page[size]=100';

/**
 * The settings of a source as they were given.
 * @throws ImportError for what is none
 */
export function settingsOf(
  given: NewSource & { hosts?: readonly string[]; allowPrivate?: boolean },
): SourceSettings {
  const { intervalMs = SOURCE_INTERVAL_MS.usual, labels = [], rule = 'propose' } = given;
  const isAddress = /^https?:\/\//i.test(given.place);
  const url = isAddress ? URL.parse(given.place) : null;
  if (isAddress && !url) throw new ImportError(`${given.place} is not an address.`);
  if (url && (url.username || url.password))
    throw new ImportError(
      'An address with a password in it is not kept. Set the token in the configuration.',
    );
  const kind = given.kind ?? kindOf(url);
  if ((kind === 'folder') === isAddress)
    throw new ImportError(
      isAddress ? 'An address is not a folder.' : `A ${kind} has an address, and this is none.`,
    );
  const language = given.language ? languageTag(given.language) : null;
  if (given.language && language === null)
    throw new ImportError(`"${given.language}" is not a language tag, such as en or pt-BR.`);
  if (!(intervalMs >= SOURCE_INTERVAL_MS.least && intervalMs <= SOURCE_INTERVAL_MS.most))
    throw new ImportError(
      'A source is read again after one minute at the soonest, and 30 days at the latest.',
    );
  if (kind === 'zendesk' && url?.pathname === '/') url.href = new URL(ZENDESK_ARTICLES, url).href;
  return {
    kind,
    // The bridge may run in another folder than the command.
    place: url ? url.href : resolve(given.place),
    // A token is sent along, and to nobody else.
    hosts: url ? (kind === 'sitemap' ? [...new Set([url.host, ...(given.hosts ?? [])])] : [url.host]) : [],
    allowPrivate: given.allowPrivate ?? false,
    intervalMs,
    language,
    labels: [...labels],
    rule,
  };
}

function kindOf(url: URL | null): SourceKind {
  if (!url) return 'folder';
  if (url.hostname.endsWith('.zendesk.com') || url.pathname.startsWith('/api/v2/help_center/'))
    return 'zendesk';
  return /^api\.(?:\w+\.)?intercom\.io$/.test(url.hostname) ? 'intercom' : 'sitemap';
}

/** What the APIs of help centers want to be told who asks; empty for nothing. */
export interface SourceLogins {
  /** `email/token:token`: https://developer.zendesk.com/api-reference/introduction/security-and-auth/#api-token */
  zendesk: string;
  /** An access token: https://developers.intercom.com/docs/build-an-integration/learn-more/authentication */
  intercom: string;
}

/** Of the `authorization` header; null where the place is not its vendor's, who alone may hear it. */
export function authorizationOf(
  { kind, place }: Pick<Source, 'kind' | 'place'>,
  logins: SourceLogins,
): string | null {
  const url = URL.parse(place);
  const isOf = (domain: string) =>
    url !== null &&
    ((url.protocol === 'https:' && url.hostname.endsWith(`.${domain}`)) || isLoopbackHost(url.hostname));
  if (kind === 'zendesk' && logins.zendesk && isOf('zendesk.com')) return `Basic ${btoa(logins.zendesk)}`;
  if (kind === 'intercom' && logins.intercom && isOf('intercom.io')) return `Bearer ${logins.intercom}`;
  return null;
}
