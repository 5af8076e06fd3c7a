import { type KindName, kindNames } from './kinds.ts';
import { figureOf, type Goal, type Results, type Row, ratioOf } from './results.ts';

export interface Circumstances {
  /** Shown as a list: what, and what it is. */
  facts: [string, string][];
  /** What repeats this run. */
  command: string;
  /** Measurements that could not be finished. */
  failures: string[];
}

/** All figures as Markdown: what is promised first, then a table for each topic. */
export function report(results: Results, { facts, command, failures }: Circumstances): string {
  const rows = results.rows();
  const kinds = kindNames.filter((kind) => rows.some(({ values }) => values.has(kind)));
  const tables = [...new Set(rows.map(({ table }) => table))];
  return [
    '# What a message costs',
    '',
    `Written by \`${command}\`, all in one run: each relay is a process of its own, the stand-ins for both clouds are another.`,
    'A cell is the ratio to *original* in the same round, then the figure, each the median of the rounds. Figures of a machine vary',
    'with what else it does, ratios less so.',
    '',
    '- *original*: what published bridges between Discord and Twilio Flex do for each message, rebuilt in `bench/baseline/original`:',
    '  three Twilio requests, no journal.',
    '- *forwarder*: `bench/baseline/forwarder`, one bare request a message and no state: the ceiling.',
    '- *bridge*: `bun bridge/src/main.ts` on either store.',
    '',
    ...facts.map(([what, is]) => `- ${what}: ${is}`),
    '',
    ...failures.map((failure) => `**Not measured**: ${failure}\n`),
    ...promises(rows, kinds),
    ...tables.flatMap((table) => tableOf(table, rows, kinds)),
  ].join('\n');
}

function tableOf(table: string, all: Row[], kinds: KindName[]): string[] {
  const rows = all.filter((row) => row.table === table);
  const topic = rows[0]?.topic ?? '';
  return [
    `## ${table}`,
    '',
    `| | ${kinds.join(' | ')} | again with |`,
    `|---|${kinds.map(() => '---').join('|')}|---|`,
    ...rows.map(
      (row) =>
        `| ${row.name} | ${kinds.map((kind) => cell(row, kind)).join(' | ')} | \`bun run bench --only ${topic}\` |`,
    ),
    '',
  ];
}

function cell(row: Row, kind: KindName): string {
  const value = figureOf(row, kind);
  if (value === undefined) return '–';
  const ratio = ratioOf(row, kind);
  const figure = `${rounded(value)}${row.unit && (/^[%/]/.test(row.unit) ? row.unit : ` ${row.unit}`)}`;
  return ratio === undefined || kind === 'original' ? figure : `**${ratio.toFixed(2)}×** ${figure}`;
}

/** Every figure that the bridge is held to. */
function promises(rows: Row[], kinds: KindName[]): string[] {
  const lines = rows.flatMap((row) =>
    kinds
      .filter((kind) => kind.startsWith('bridge'))
      .flatMap((kind) => {
        const judged = row.goal && figureOf(row, kind) !== undefined ? judge(row, kind, row.goal) : undefined;
        if (!judged) return [];
        const { wanted, met } = judged;
        return `| ${met ? 'met' : '**missed**'} | ${row.table}: ${row.name} | ${kind} | ${wanted} | ${cell(row, kind)} |`;
      }),
  );
  if (lines.length === 0) return [];
  return [
    '## What is promised',
    '',
    '| | figure | relay | wanted | measured |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ];
}

function judge(row: Row, kind: KindName, goal: Goal): { wanted: string; met: boolean } | undefined {
  const value = figureOf(row, kind) ?? Number.NaN;
  const least = goal.atLeast?.[kind];
  if (least !== undefined) return { wanted: `≥ ${least}${row.unit}`, met: value >= least };
  if (goal.atMost !== undefined)
    return { wanted: `≤ ${goal.atMost} ${row.unit}`.trim(), met: value <= goal.atMost };
  const ratio = ratioOf(row, kind);
  if (goal.ratioAtMost === undefined || ratio === undefined) return undefined;
  return { wanted: `≤ ${goal.ratioAtMost}×`, met: ratio <= goal.ratioAtMost };
}

function rounded(value: number): string {
  if (value !== 0 && Math.abs(value) < 10) return value.toFixed(2);
  return value.toFixed(value < 100 ? 1 : 0).replace(/\.0$/, '');
}
