import type { APIMessage } from 'discord-api-types/v10';
import type { MemberKey, PageLanguage, WorkerKey } from '../people.ts';
import type { View } from '../view.ts';
import type { OpenForm } from './client.ts';
import type { FormValues } from './form.tsx';
import type { StepName } from './strings/tour-en.ts';

/** What a step of the tour does with the page; what it does in Discord goes through the same paths as the visitor's. */
export interface Stage {
  language: PageLanguage;
  view(): View;
  /** Resolves with the first view in which `look` finds something. */
  seen<T>(look: (view: View) => T | undefined): Promise<T>;
  /** Becomes a member, in the channel that `choose` finds, or in their direct message. */
  show(member: MemberKey, choose?: (view: View) => string | undefined): Promise<void>;
  showForm(form: OpenForm | null, values?: FormValues): void;
  showFlex(worker: WorkerKey, path?: string): void;
}

export interface Step {
  name: StepName;
  /** What is highlighted: the value of `data-tour`. */
  target?: string;
  /** Done once, when the step is reached. */
  enter?: (stage: Stage) => Promise<void>;
}

export const fromBot = ({ messages, applicationId }: View, fits: (message: APIMessage) => boolean) =>
  messages.findLast((message) => message.author.id === applicationId && fits(message));

export const textOf = ({ content, embeds }: APIMessage) =>
  [content, ...embeds.map(({ description }) => description)].join(' ');

export const buttonsOf = ({ components = [] }: APIMessage): string[] =>
  components.flatMap((row) =>
    'components' in row
      ? row.components.flatMap((each) => ('custom_id' in each ? (each.custom_id ?? '') : []))
      : [],
  );
