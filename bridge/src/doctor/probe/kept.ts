import type { Store } from '../../store/open.ts';
import { type Answer, type Answers, questionNames, questions } from '../../twilio/probe/questions.ts';
import { type Finding, good, unknown } from '../finding.ts';

/** A line for each question that was settled or could not be; none where nobody has probed this account. */
export async function keptFindings({ db }: Pick<Store, 'db'>, accountSid: string): Promise<Finding[]> {
  // The doctor looks at tables of older versions, too.
  if (!(await db.introspection.getTables()).some(({ name }) => name === 'probe_answers')) return [];
  const rows = await db
    .selectFrom('probe_answers')
    .selectAll()
    .where('account_sid', '=', accountSid)
    .execute();
  if (rows.length === 0) return [];
  const latest = dayOf(Math.max(...rows.map(({ found_at }) => found_at)));
  const answers = Object.fromEntries(
    rows.map(({ question, value, note, found_at }): [string, Answer] => {
      const earlier = dayOf(found_at) === latest ? [] : [`found on ${dayOf(found_at)}`];
      const said = [note ?? [], earlier].flat().join('; ');
      return [question, { value: JSON.parse(value), ...(said ? { note: said } : {}) } as Answer];
    }),
  );
  const lines = describeAnswers(answers);
  const settled = lines.filter(({ is }) => is === 'good').length;
  return [good('Probe', `${settled} of ${lines.length} questions settled by ${latest}`), ...lines];
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

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
