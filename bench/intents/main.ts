import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectIntent } from '@flexcord/bridge/assistant/intents/detect';
import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';

/**
 * `bun run bench:intents <folder>`: how often a wish for a person is understood, and how often one is heard that is none,
 * in messages that others collected. The folder holds their files as they are published, or some of them:
 * - `data_full.json` of https://github.com/clinc/oos-eval (CLINC150, CC BY 3.0)
 * - `test.csv` of https://github.com/PolyAI-LDN/task-specific-datasets (banking77, CC BY 4.0)
 * - `nlu.yml` of https://github.com/RasaHQ/rasa-demo (folder data/nlu, Apache 2.0)
 * - `bitext*.csv`, with the columns `utterance` and `intent`, of
 *   https://github.com/bitext/customer-support-intent-detection-training-dataset
 * And, of your own, `*.asks.txt` and `*.other.txt`: one message a line, that ask for a person or do not.
 */
interface Messages {
  name: string;
  /** Whether they ask for a person. */
  ask: boolean;
  texts: string[];
}

/** Each reads a file that it knows by its name. */
const READERS: [name: RegExp, read: (file: string, name: string) => Messages[]][] = [
  [/^data_full\.json$/, readClinc],
  [/^test\.csv$/, readBanking],
  [/^nlu\.yml$/, readRasa],
  [/^bitext.*\.csv$/i, readBitext],
  [/\.(?:asks|other)\.txt$/, readLines],
];

const { positionals } = argumentsOrExit(
  `Usage:
  bun run bench:intents <folder>
      how often a wish for a person is understood, and how often one is heard that is none, in messages that others collected

Exit codes:
  0  measured
  2  wrong options or no such files`,
  { options: {}, words: 1 },
);
const [folder] = positionals;
const found = folder === undefined ? [] : readAll(folder);
if (found.length === 0) {
  console.error(
    'Give a folder with public sets of messages, as their authors publish them: data_full.json (github.com/clinc/oos-eval), test.csv (banking77, github.com/PolyAI-LDN/task-specific-datasets), nlu.yml (github.com/RasaHQ/rasa-demo, data/nlu) or bitext*.csv (github.com/bitext/customer-support-intent-detection-training-dataset).',
  );
  process.exit(2);
}
console.log(`${''.padEnd(44)} messages   heard as a wish for a person`);
for (const { name, ask, texts } of found) {
  const heard = texts.filter((text) => detectIntent(text) === 'handoff').length;
  const share = ((heard / texts.length) * 100).toFixed(1).padStart(5);
  console.log(
    `${name.padEnd(44)} ${String(texts.length).padStart(8)}   ${share} %  ${ask ? '(all are)' : '(none is)'}`,
  );
}

function readAll(path: string): Messages[] {
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const reader = READERS.find(([pattern]) => pattern.test(name))?.[1];
      return reader ? reader(readFileSync(join(path, name), 'utf8'), name) : [];
    })
    .filter(({ texts }) => texts.length > 0);
}

/** Talk to an assistant at home and in the car, and, out of scope, about anything. */
function readClinc(file: string): Messages[] {
  const { test, oos_test } = JSON.parse(file) as Record<string, [text: string, intent: string][]>;
  return Object.entries({ 'CLINC150, test': test, 'CLINC150, out of scope': oos_test }).map(
    ([name, rows = []]) => ({ name, ask: false, texts: rows.map(([text]) => text) }),
  );
}

function readBanking(file: string): Messages[] {
  const rows = parseCsv(file, { columns: true }) as { text: string }[];
  return [{ name: 'banking77, test', ask: false, texts: rows.map(({ text }) => text) }];
}

/** What visitors of a chatbot builder's site wrote. Who asks for the sales team belongs to neither. */
function readRasa(file: string): Messages[] {
  const { nlu } = parseYaml(file) as { nlu: { intent?: string; examples?: string }[] };
  const textsOf = (wanted: (intent: string) => boolean) =>
    nlu
      .filter(({ intent }) => intent !== undefined && wanted(intent))
      .flatMap(({ examples = '' }) => examples.split('\n'))
      .map((line) =>
        line
          .replace(/^\s*-\s*/, '')
          .replace(/\[([^\]]*)\][({][^)}]*[)}]/g, '$1')
          .trim(),
      )
      .filter((line) => line !== '');
  return [
    { name: 'Rasa demo, human_handoff', ask: true, texts: textsOf((intent) => intent === 'human_handoff') },
    {
      name: 'Rasa demo, other intents',
      ask: false,
      texts: textsOf((intent) => !['human_handoff', 'contact_sales'].includes(intent)),
    },
  ];
}

/** Complaints and questions for contact data are left out: some of them ask for a person, some do not. */
function readBitext(file: string, name: string): Messages[] {
  const rows = parseCsv(file, { columns: true }) as { utterance?: string; intent?: string }[];
  const textsOf = (wanted: (intent: string) => boolean) =>
    rows.flatMap(({ utterance, intent }) => (utterance && intent && wanted(intent) ? [utterance] : []));
  return [
    {
      name: `${name}, contact_human_agent`,
      ask: true,
      texts: textsOf((intent) => intent === 'contact_human_agent'),
    },
    { name: `${name}, others`, ask: false, texts: textsOf((intent) => !/contact|complaint/.test(intent)) },
  ];
}

function readLines(file: string, name: string): Messages[] {
  const texts = file.split('\n').flatMap((line) => line.trim() || []);
  return [{ name, ask: name.endsWith('.asks.txt'), texts }];
}
