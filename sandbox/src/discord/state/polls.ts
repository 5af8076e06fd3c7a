import type { APIPoll } from 'discord-api-types/v10';
import type { Form } from '../validate/form.ts';
import type { DiscordState } from './state.ts';

/** A poll as sent becomes a poll with answer ids, an expiry and no votes yet. */
export function newPoll(state: DiscordState, form: Form): APIPoll {
  const poll = form.object('poll');
  const question = poll?.object('question')?.string('text', { max: 300 }) ?? '';
  const hours = poll?.integer('duration', { min: 1, max: 768 }) ?? 24;
  const answers = poll?.list('answers', { min: 1, max: 10 }) ?? [];
  form.check();
  return {
    question: { text: question },
    answers: answers.map((answer, index) => ({
      answer_id: index + 1,
      poll_media: { text: answer.object('poll_media')?.string('text') ?? '' },
    })),
    expiry: new Date(state.clock.now() + hours * 3_600_000).toISOString(),
    allow_multiselect: poll?.boolean('allow_multiselect') ?? false,
    layout_type: 1,
    results: { is_finalized: false, answer_counts: [] },
  };
}
