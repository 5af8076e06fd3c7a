/** What is open about the real clouds and can be found out on an account. */
export interface Question {
  /** What the account is asked, in a few words. */
  asks: string;
  /** What an answer means. */
  means(value: Value): string;
}

export type Value = string | number | boolean;

/** What was found: a value, or why there is none. */
export type Answer = { value: Value; note?: string } | { value: null; note: string };

const yesNo =
  (yes: string, no: string): Question['means'] =>
  (value) =>
    value === true ? yes : no;

/** The names are those of the sandbox's variants where it has one. */
export const questions = {
  defaultServiceIsFlex: {
    asks: 'the default Conversations service',
    means: yesNo('is the one that Flex uses', 'is not the one that Flex uses: the bridge refuses to start'),
  },
  signedInteractionWebhooks: {
    asks: 'interaction webhooks',
    means: yesNo('are signed', 'are not signed: the token in their address proves them'),
  },
  inactiveIsTold: {
    asks: 'a channel that becomes inactive',
    means: yesNo('is told by webhook', 'is not told by webhook'),
  },
  replyAfterLeave: {
    asks: "a member's message on an inactive channel",
    means: (value) =>
      value === 'new-task' ? 'brings a new task' : 'brings no task: the bridge invites an agent itself',
  },
  studioWebhookSurvives: {
    asks: 'the Studio webhook after Send to Flex',
    means: yesNo('stays: the bridge takes it away', 'is gone'),
  },
  channelTypeOverwritten: {
    asks: 'the channelType that a task is given',
    means: yesNo("is overwritten with the channel's type", 'is kept'),
  },
  widgetAttributesMeasured: {
    asks: 'the 1,024 characters of Send to Flex',
    means: (value) =>
      ({
        both: 'are counted in the template and in what it becomes',
        template: 'are counted in the template',
        rendered: 'are counted in what the template becomes',
      })[String(value)] ?? 'are not counted',
  },
  templatedAttributes: {
    asks: 'attributes that are one template',
    means: (value) => (value === 'taken' ? 'are taken by flow validation' : 'are refused by flow validation'),
  },
  webhookRetries: {
    asks: 'a webhook that is answered with 503',
    means: yesNo('is sent again', 'is not sent again: what is missed is read back'),
  },
  closedConversationCode: {
    asks: 'a message to a closed conversation',
    means: (value) => `is refused with code ${value}`,
  },
  uniqueNameTakenCode: {
    asks: 'a UniqueName that is taken',
    means: (value) => `is refused with code ${value}`,
  },
  indexGaps: {
    asks: 'the indexes of messages',
    means: yesNo('skip numbers', 'have no gaps'),
  },
  speakersAreUsers: {
    asks: 'the author of a message who is no participant',
    means: yesNo('becomes a user, whose name Flex shows', 'becomes no user: the words begin with the name'),
  },
  nonceInHistory: {
    asks: 'the nonce of a message',
    means: yesNo("is in Discord's history", "is not in Discord's history: messages are found by their words"),
  },
  fileNames: {
    asks: 'letters beyond ASCII in the name of a file on Discord',
    means: (value) => (value === 'letters' ? 'stay' : 'are taken out; the whole name is its title'),
  },
  previewUpdates: {
    asks: 'the update that adds a preview of a link',
    means: (value) => (value === 'whole' ? 'has the whole message' : 'has its embeds alone'),
  },
  attachmentSizeLimitMib: {
    asks: 'the largest file that an interaction takes',
    means: (value) => `has ${value} MiB`,
  },
} as const satisfies Record<string, Question>;

export type QuestionName = keyof typeof questions;
export const questionNames = Object.keys(questions) as QuestionName[];

/** What Discord says at its gateway alone, where a probe beside a bridge does not listen; the bridge notes it as it comes. */
export const AT_GATEWAY = ['previewUpdates', 'attachmentSizeLimitMib'] as const satisfies QuestionName[];

export type Answers = Partial<Record<QuestionName, Answer>>;

/** What only the page of an agent sees; the plugin asks it there. */
export const CHECKED_BY_PLUGIN =
  "whether agents see pictures and hear audio of media.*.twilio.com (the content policy of Flex's page), shown to administrators in Flex under Operations";
