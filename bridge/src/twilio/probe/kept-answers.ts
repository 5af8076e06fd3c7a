import type { Store } from '../../store/open.ts';
import type { Answer, Answers, QuestionName } from './questions.ts';

/*
 * What probes have found, in the store, so that every process sees it. For people alone: the bridge serves every value of
 * each question at once.
 */

/** Keeps what a probe has found. A question that it could not settle keeps what an earlier one has settled. */
export async function keepAnswers(
  store: Pick<Store, 'transact'>,
  accountSid: string,
  answers: Answers,
): Promise<void> {
  const found_at = Date.now();
  await store.transact(async (tx) => {
    for (const [question, { value, note = null }] of Object.entries(answers)) {
      const found = { value: JSON.stringify(value), note, found_at };
      await tx
        .insertInto('probe_answers')
        .values({ account_sid: accountSid, question, ...found })
        .onConflict((conflict) => {
          const taken = conflict.columns(['account_sid', 'question']).doUpdateSet(found);
          return value === null ? taken.where('probe_answers.value', '=', 'null') : taken;
        })
        .execute();
    }
  });
}

/** What is known of these questions from earlier; a question that nobody has settled is left out. */
export async function keptAnswers(
  { db }: Pick<Store, 'db'>,
  accountSid: string,
  names: readonly QuestionName[],
): Promise<Answers> {
  const rows = await db
    .selectFrom('probe_answers')
    .selectAll()
    .where('account_sid', '=', accountSid)
    .where('question', 'in', [...names])
    .where('value', '!=', 'null')
    .execute();
  return Object.fromEntries(
    rows.map(({ question, value, note }) => [
      question,
      { value: JSON.parse(value), ...(note ? { note } : {}) } as Answer,
    ]),
  );
}
