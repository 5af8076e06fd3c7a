import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Config } from '../../config/config.ts';
import { type Answers, questionNames, questions } from '../../twilio/probe/questions.ts';
import { type Finding, good, unknown } from '../finding.ts';

const Kept = Type.Object({
  /** Of which account, so that another one's are not shown. */
  accountSid: Type.String(),
  /** ISO 8601. */
  at: Type.String(),
  answers: Type.Record(
    Type.String(),
    Type.Object({
      value: Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
      note: Type.Optional(Type.String()),
    }),
  ),
});

/** What the last probe has found, beside the embedded store. For people alone: the bridge serves every value of each question at once. */
const fileOf = (config: Config): string => join(config.DATA_DIR, 'probe.json');

export async function keepAnswers(config: Config, answers: Answers): Promise<void> {
  const kept = { accountSid: config.TWILIO_ACCOUNT_SID, at: new Date().toISOString(), answers };
  await mkdir(config.DATA_DIR, { recursive: true });
  const file = fileOf(config);
  await Bun.write(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

/** A line for each question that was settled or could not be; none where nobody has probed this account. */
export async function keptFindings(config: Config): Promise<Finding[]> {
  const file = Bun.file(fileOf(config));
  if (!(await file.exists())) return [];
  const kept: unknown = await file.json().catch(() => null);
  if (!Value.Check(Kept, kept))
    return [unknown('Probe', `${fileOf(config)} cannot be read`, 'Run bun run doctor --probe again.')];
  if (kept.accountSid !== config.TWILIO_ACCOUNT_SID) return [];
  const lines = describeAnswers(kept.answers as Answers);
  const settled = lines.filter(({ is }) => is === 'good').length;
  return [
    good('Probe', `${settled} of ${lines.length} questions settled on ${kept.at.slice(0, 10)}`),
    ...lines,
  ];
}

/** What was found, in words. */
export const describeAnswers = (answers: Answers): Finding[] =>
  questionNames.flatMap((name) => {
    const answer = answers[name];
    if (!answer) return [];
    const { asks, means } = questions[name];
    if (answer.value === null) return [unknown(`Probe: ${name}`, `${asks}: ${answer.note}`)];
    const note = answer.note ? ` (${answer.note})` : '';
    return [good(`Probe: ${name}`, `${answer.value}: ${asks} ${means(answer.value)}${note}`)];
  });
