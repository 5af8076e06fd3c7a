import { describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import { YAML } from 'bun';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { registry } from '../telemetry/metrics.ts';

const folder = join(import.meta.dir, '../../../docs/monitoring');
const read = (name: string) => Bun.file(join(folder, name)).text();

interface Rules {
  groups: {
    rules: { alert: string; expr: string; annotations: { summary: string; description: string } }[];
  }[];
}
interface Dashboard {
  panels: { title: string; targets?: { expr: string }[] }[];
}

const process = new Registry();
collectDefaultMetrics({ register: process });
/** Names of metrics as a scrape has them, with their labels. */
const known = new Map<string, Set<string>>();
for (const metric of [...registry.getMetricsAsArray(), ...process.getMetricsAsArray()] as unknown as {
  name: string;
  type: string;
  labelNames?: string[];
}[]) {
  const labels = new Set([...(metric.labelNames ?? []), 'job', 'instance']);
  known.set(metric.name, labels);
  if (metric.type !== 'histogram') continue;
  for (const suffix of ['sum', 'count']) known.set(`${metric.name}_${suffix}`, labels);
  known.set(`${metric.name}_bucket`, new Set([...labels, 'le']));
}
known.set('up', new Set(['job', 'instance']));

/** What an expression names that the bridge does not have. */
function unknownIn(expr: string): string[] {
  const wrong: string[] = [];
  const named = new Set<string>();
  for (const [, name = '', selector = ''] of expr.matchAll(
    /\b((?:flexcord|nodejs|process)_\w+|up)\b(?:\{([^}]*)\})?/g,
  )) {
    const labels = known.get(name);
    if (!labels) wrong.push(name);
    for (const label of labels ?? []) named.add(label);
    for (const [, label = ''] of selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g))
      if (!labels?.has(label)) wrong.push(`${name}{${label}}`);
  }
  for (const [, list = ''] of expr.matchAll(/\bby \(([^)]*)\)/g))
    for (const label of list.split(',').map((one) => one.trim()))
      if (!named.has(label)) wrong.push(`by ${label}`);
  if (named.size === 0) wrong.push(`no metric in ${expr}`);
  return wrong;
}

describe('what comes with the bridge for monitoring systems', () => {
  test('alerts name only what there is, and each says what happened and what to do', async () => {
    const { groups } = YAML.parse(await read('alerts.yaml')) as Rules;
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(5);
    for (const { alert, expr, annotations } of rules) {
      expect({ alert, wrong: unknownIn(expr) }).toEqual({ alert, wrong: [] });
      expect(annotations.summary).toMatch(/\.$/);
      expect(annotations.description).toMatch(/\.$/);
    }
  });

  test('the dashboard names only what there is, and shows every metric of the bridge', async () => {
    const text = await read('grafana-dashboard.json');
    const { panels } = JSON.parse(text) as Dashboard;
    for (const { title, targets = [] } of panels)
      for (const { expr } of targets) expect({ title, wrong: unknownIn(expr) }).toEqual({ title, wrong: [] });
    const missing = registry
      .getMetricsAsArray()
      .filter(({ name }) => name.startsWith('flexcord_') && !text.includes(name));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test('an expression with a metric or a label that is not there is found', () => {
    expect(
      unknownIn('sum by (queue) (rate(flexcord_attempts_total{room="x"}[5m])) + flexcord_nothing'),
    ).toEqual(['flexcord_attempts_total{room}', 'flexcord_nothing', 'by queue']);
  });
});
