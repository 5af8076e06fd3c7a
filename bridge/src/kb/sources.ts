/** `bun run kb source`: places outside that articles come from, read again and again; and how a reading is told. */
import type { ImportReport } from '@flexcord/shared/panel/library';
import { SOURCE_INTERVAL_MS, SOURCE_KINDS } from '@flexcord/shared/panel/library-constants';
import { UsageError } from '../config/command-line.ts';
import type { Config } from '../config/config.ts';
import { closest } from '../config/did-you-mean.ts';
import { milliseconds } from '../config/setting.ts';
import { collect } from '../knowledge/sources/collect.ts';
import { sourcesWithHealth } from '../knowledge/sources/health.ts';
import { decideWithdrawals } from '../knowledge/sources/proposals.ts';
import { readSource } from '../knowledge/sources/read-source.ts';
import { settingsOf } from '../knowledge/sources/source.ts';
import { sourceStore } from '../knowledge/sources/source-store.ts';
import type { Store } from '../store/open.ts';

interface Options {
  'dry-run'?: boolean | undefined;
  all?: boolean | undefined;
  withdraw?: boolean | undefined;
  publish?: boolean | undefined;
  language?: string | undefined;
  label?: string[] | undefined;
  hosts?: string | undefined;
  kind?: string | undefined;
  every?: string | undefined;
  'allow-private'?: boolean | undefined;
}

const ACTS = ['add', 'list', 'read', 'remove'];
const interval = milliseconds(SOURCE_INTERVAL_MS.least, SOURCE_INTERVAL_MS.most);

/** @throws UsageError */
export function checkSourceWords([act = '', what, ...more]: string[], { every, kind }: Options): void {
  if (!ACTS.includes(act)) {
    const meant = closest(act, ACTS);
    throw new UsageError(
      `Say what to do with a source: ${ACTS.join(', ')}.${meant ? ` Did you mean ${meant}?` : ''}`,
    );
  }
  const surplus = act === 'list' ? what : more[0];
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many.`);
  if (act === 'add' && !what) throw new UsageError('Say which folder or address to add.');
  if ((act === 'read' || act === 'remove') && !/^\d{1,15}$/.test(what ?? ''))
    throw new UsageError(`Say which source to ${act}, by its number in "kb source list".`);
  if (every !== undefined && interval.parse(every) === undefined)
    throw new UsageError(`--every is "${every}"; it wants ${interval.wants}.`);
  if (kind !== undefined && !SOURCE_KINDS.some((known) => known === kind))
    throw new UsageError(`--kind is "${kind}"; it wants ${SOURCE_KINDS.join(', ')}.`);
}

export async function runSource(
  store: Store,
  [act = '', what = '']: string[],
  options: Options,
  config: Pick<Config, 'KNOWLEDGE_SOURCE_PACE_MS' | 'KNOWLEDGE_ZENDESK_LOGIN' | 'KNOWLEDGE_INTERCOM_TOKEN'>,
): Promise<number> {
  const sources = sourceStore(store);
  switch (act) {
    case 'add': {
      const { id, place, kind, intervalMs, rule } = await sources.add(
        settingsOf({
          place: what,
          kind: SOURCE_KINDS.find((known) => known === options.kind),
          intervalMs: options.every === undefined ? undefined : interval.parse(options.every),
          language: options.language,
          labels: options.label,
          rule: options.publish ? 'publish' : 'propose',
          hosts: options.hosts?.split(',').filter(Boolean),
          allowPrivate: options['allow-private'],
        }),
        'kb source',
      );
      console.log(`${id}\t${kind}\t${place}\tevery ${spanOf(intervalMs)}\t${rule}`);
      return 0;
    }
    case 'list':
      for (const source of await sourcesWithHealth(store)) {
        const { id, kind, place, state, articles, proposals, readAt, nextAt, intervalMs, rule, error } =
          source;
        const when = `read ${readAt ?? 'never'}, next ${nextAt}, every ${spanOf(intervalMs)}`;
        console.log(
          `${id}\t${state}\t${kind}\t${place}\t${rule}\t${articles} published, ${proposals} waiting\t${when}`,
        );
        if (error) console.log(`\t${error}`);
      }
      return 0;
    case 'remove':
      if (await sources.remove(Number(what))) return 0;
      console.error(`There is no source ${what}.`);
      return 1;
    default:
      return read(store, Number(what), options, config);
  }
}

async function read(
  store: Store,
  id: number,
  options: Options,
  config: Parameters<typeof runSource>[3],
): Promise<number> {
  const reading = await readSource(
    id,
    {
      store,
      collect,
      paceMs: config.KNOWLEDGE_SOURCE_PACE_MS,
      logins: { zendesk: config.KNOWLEDGE_ZENDESK_LOGIN, intercom: config.KNOWLEDGE_INTERCOM_TOKEN },
    },
    { dryRun: options['dry-run'], all: options.all },
    new AbortController().signal,
  );
  if (reading.is !== 'read') {
    console.error(
      reading.is === 'failed'
        ? reading.reason
        : `There is no source ${id}, or another process reads it just now.`,
    );
    return 1;
  }
  printReport(reading.report);
  if (options.withdraw && !options['dry-run']) {
    const count = await decideWithdrawals(store, id, true, { identity: null, name: 'kb source' });
    if (count > 0) console.log(`${count} withdrawn, as asked for with --withdraw.`);
  } else if (reading.report.proposed.some(({ reason }) => reason.endsWith('too many.')))
    console.log(
      'More than a third of the source is gone, so nothing was withdrawn. If that is right: --withdraw.',
    );
  return reading.report.broken.length > 0 ? 1 : 0;
}

const LISTS = ['skipped', 'broken', 'withdrawn', 'gone', 'proposed'] as const;

/** What an import or a reading did, or would do. */
export function printReport(report: ImportReport): void {
  for (const { name, field, example } of report.columns) {
    if (name === field) continue;
    console.log(
      `column   "${name}" ${field ? `is ${field}` : 'is left out'}${example ? `, such as: ${example}` : ''}`,
    );
  }
  if (report.dryRun)
    for (const { is, id, title, language, status } of report.changes)
      console.log(`${is === 'created' ? 'new    ' : 'changed'}  ${id}\t${status}\t${language}\t${title}`);
  for (const list of LISTS)
    for (const { where, reason } of report[list]) console.log(`${list.padEnd(9)}${where}: ${reason}`);
  const counts = [
    `${report.created} new`,
    `${report.updated} changed`,
    `${report.unchanged} unchanged`,
    ...LISTS.flatMap((list) =>
      list === 'proposed' && report.proposed.length === 0 ? [] : [`${report[list].length} ${list}`],
    ),
  ];
  console.log(`${counts.join(', ')}${report.dryRun ? '. Nothing was written (--dry-run).' : ''}`);
}

function spanOf(ms: number): string {
  const [size, unit] =
    ms % 86_400_000 === 0 ? [86_400_000, 'd'] : ms % 3600_000 === 0 ? [3600_000, 'h'] : [60_000, 'm'];
  return `${Math.round(ms / (size as number))}${unit}`;
}
