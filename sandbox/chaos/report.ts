import type { DiscordUser } from '../src/discord/index.ts';
import type { Book } from './book.ts';
import type { ChaosOptions } from './chaos-options.ts';
import type { Holdings } from './held.ts';
import { type Counts, FAILURES, type Failure, ROWS, type Row, type Verdict } from './ledger.ts';
import type { ChaosTrace } from './trace.ts';

export interface ReportedFailure extends Failure {
  history: string[];
}

export interface ChaosReport {
  seed: string;
  store: string;
  processes: number;
  routing: string;
  conversations: number;
  messages: number;
  seconds: number;
  /** Those that were on, with their rates. */
  faults: Record<string, number>;
  faultsDone: Record<string, number>;
  /** How many requests and webhooks were hit, by what hit them. */
  hits: Record<string, number>;
  rows: Record<Row, Counts>;
  failures: ReportedFailure[];
  /** How many people were told that something was not delivered; that counts as lost all the same. */
  undeliveredNotices: number;
  /** Pieces of text that stood there more than once at some time; what is left of them at the end counts as twice. */
  everTwice: number;
  /** Bridges that ended without being killed. */
  endedByThemselves: number;
  settledSeconds: number;
  events: { seconds: number; what: string }[];
}

export interface Findings {
  options: ChaosOptions;
  verdict: Verdict;
  holdings: Holdings;
  book: Book;
  trace: ChaosTrace;
  faultsDone: Record<string, number>;
  endedByThemselves: number;
  members: readonly DiscordUser[];
  settledMs: number;
}

/** Around a message: what was before it, and how long afterwards something may have happened to it. */
const BEFORE_MS = 3000;
const AFTER_MS = 60_000;
const MAX_LINES = 40;
const MAX_HISTORIES = 300;

export function createReport(findings: Findings): ChaosReport {
  const { options, verdict, holdings, trace, book } = findings;
  const { seed, store, processes, routing, conversations, seconds, rates } = options;
  return {
    seed,
    store,
    processes,
    routing,
    conversations,
    messages: book.size(),
    seconds,
    faults: Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate > 0)),
    faultsDone: findings.faultsDone,
    hits: trace.hits(),
    rows: verdict.rows,
    failures: verdict.failures.map((failure, index) => ({
      ...failure,
      history:
        index < MAX_HISTORIES
          ? [failure, ...(failure.beside ? [{ ...failure, token: failure.beside }] : [])].flatMap((each) =>
              historyOf(each, findings),
            )
          : [],
    })),
    undeliveredNotices: holdings.undeliveredNotices,
    everTwice: trace.everTwice(),
    endedByThemselves: findings.endedByThemselves,
    settledSeconds: Math.round(findings.settledMs / 1000),
    events: trace.events(),
  };
}

function historyOf(
  { token, memberId }: Pick<Failure, 'token' | 'memberId'>,
  { book, trace, members, holdings }: Findings,
): string[] {
  const sent = token ? book.find(token) : undefined;
  const lines: string[] = [];
  const places = holdings.conversations.filter((one) => one.memberId === memberId).map(({ sid }) => sid);
  const channel = members.find(({ id }) => id === memberId)?.dmChannelId;
  lines.push(`member ${memberId}, Discord channel ${channel}, conversations ${places.join(', ') || 'none'}`);
  if (!sent || !token) return lines;
  const { at, edits, deletedAt } = sent;
  const words = sent.same === undefined ? '' : `, a “${sent.same}”`;
  lines.push(
    `${trace.since(at).padStart(9)}  written as ${token}${words}, ${sent.texts} texts, ${sent.files.length} files`,
  );
  for (const edit of edits) lines.push(`${trace.since(edit).padStart(9)}  edited`);
  if (deletedAt !== undefined) lines.push(`${trace.since(deletedAt).padStart(9)}  deleted`);
  const until = Math.max(at, ...edits, deletedAt ?? 0) + AFTER_MS;
  lines.push(...trace.history(token, { from: at - BEFORE_MS, until, most: MAX_LINES }));
  return lines;
}

/** What was counted, as a table. */
export function tableOf(report: ChaosReport): string {
  const heads = [
    '',
    'sent',
    ...FAILURES.map((kind) => (kind === 'disordered' ? 'out of order' : kind)),
    'exempt',
  ];
  const lines = ROWS.map((row) => {
    const counts = report.rows[row];
    return [row, counts.sent, ...FAILURES.map((kind) => counts[kind]), counts.exempt].map(String);
  });
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const draw = (cells: string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [draw(heads), ...lines.map(draw)].join('\n');
}

export function describeRun(report: ChaosReport): string {
  const [done, hits] = [report.faultsDone, report.hits].map((counts) =>
    Object.entries(counts).map(([name, count]) => `${count} ${name}`),
  ) as [string[], string[]];
  return [
    `seed ${report.seed}, ${report.store}, ${report.processes} ${report.processes === 1 ? 'process' : 'processes'}, ${report.messages} messages, ${report.conversations} conversations, ${Math.round(report.seconds)} s, settled after ${report.settledSeconds} s`,
    `faults: ${
      Object.entries(report.faults)
        .map(([name, rate]) => `${name}=${rate}`)
        .join(' ') || 'none'
    }`,
    `hit: ${hits.sort().join(', ') || 'no request and no webhook'}`,
    `happened: ${done.join(', ') || 'nothing at a time of its own'}; bridges that ended by themselves: ${report.endedByThemselves}; people told that something was not delivered: ${report.undeliveredNotices}; there twice at some time: ${report.everTwice}`,
  ].join('\n');
}

/** The failures with their histories, `most` of them. */
export function describeFailures(report: ChaosReport, most: number): string {
  const shown = report.failures.slice(0, most).map(({ row, kind, token, what, history }) => {
    const name = `${kind === 'disordered' ? 'out of order' : kind}, ${row}: ${token ?? ''} ${what}`;
    return [name, ...history.map((line) => `    ${line}`)].join('\n');
  });
  const left = report.failures.length - shown.length;
  return [...shown, ...(left > 0 ? [`… and ${left} more; --json has them all.`] : [])].join('\n\n');
}
