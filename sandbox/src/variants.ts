/** A way in which real accounts may differ, or of which nobody outside Twilio knows: what can be, and what is known. */
interface Variant {
  /** Everything that is possible; the first is the default. */
  values: readonly [unknown, unknown, ...unknown[]];
  /** What the values mean. */
  about: string;
  /** What is known of the real clouds, and from where. */
  known: string;
}

/**
 * Every open question about the real clouds as a switch of the sandbox. The bridge must be right with each value, and with
 * any of them together. What is settled is no variant: the stand-ins do it.
 */
export const variants = {
  signedInteractionWebhooks: {
    values: [true, false],
    about: 'Whether interaction webhooks carry an X-Twilio-Signature.',
    known:
      'Open. The page does not say so, and weni-ai/mailroom, which receives them in production, does not check any ' +
      '(https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks; ' +
      'github.com/weni-ai/mailroom services/tickets/twilioflex2).',
  },
  studioWebhookSurvives: {
    values: [false, true],
    about: 'Whether Send to Flex leaves the Studio webhook on the conversation.',
    known:
      'Open. One production user guards against a second execution, another attaches the webhook again ' +
      '(github.com/techmatters/flex-plugins lambdas/account-scoped).',
  },
  channelTypeOverwritten: {
    values: [true, false],
    about: "Whether Flex writes the interaction channel's type over the `channelType` that was given.",
    known:
      'Likely: the page lists channelType among what Interactions adds ' +
      '(https://www.twilio.com/docs/flex/developer/conversations/interactions-api).',
  },
  webhookRetries: {
    values: [false, true],
    about: 'Whether a conversation webhook that was answered with 5xx, or not at all, is sent again.',
    known:
      'Open. Webhooks carry RetryCount, but no page speaks of retries ' +
      '(https://www.twilio.com/docs/conversations-classic/conversations-webhooks).',
  },
  widgetAttributesMeasured: {
    values: ['both', 'template', 'rendered'],
    about:
      'Where the 1,024 characters of send-to-flex are counted: its template, what that becomes, or both.',
    known: 'Open (https://www.twilio.com/docs/studio/widget-library/send-to-flex).',
  },
  templatedAttributes: {
    values: ['refused', 'taken'],
    about: 'What flow validation says of send-to-flex attributes that are one template and no JSON literal.',
    known:
      'Likely refused: the page and every production flow found have a JSON object with templates in it.',
  },
  replyAfterLeave: {
    values: ['new-task', 'nothing'],
    about:
      "What a member's next message does after the last agent left: a new task, or only an active channel.",
    known:
      'By default a new task; nothing where the account is set to "Use custom routing" ' +
      '(Twilio\'s page "Leave and pause").',
  },
  speakersAreUsers: {
    values: [false, true],
    about:
      'Whether a message by an author who is no participant makes a chat user of that identity, whose name Flex then shows.',
    known:
      'Open: the page says that the author of a message may be any text ' +
      '(https://www.twilio.com/docs/conversations-classic/api/conversation-message-resource), and not how Flex names one who is ' +
      'no participant. The bridge leads the words with the name, and gives it in the attributes.',
  },
  inactiveIsTold: {
    values: [true, false],
    about: 'Whether onChannelStatusUpdated also tells `inactive` and `pause`.',
    known: 'Recorded by weni-ai/mailroom; the page of the webhooks names active and closed only.',
  },
  closedConversationCode: {
    values: [50438, 50416, 20001],
    about: 'The code with which a closed conversation refuses a message.',
    known: 'Open: the directory of errors does not say (https://www.twilio.com/docs/api/errors).',
  },
  uniqueNameTakenCode: {
    values: [50353, 50300, 20409],
    about: 'The code with which a UniqueName that is taken is refused.',
    known: 'Open: the directory of errors does not say (https://www.twilio.com/docs/api/errors).',
  },
  indexGaps: {
    values: [false, true],
    about: 'Whether the indexes of messages skip numbers.',
    known: 'Possible: they are promised to increase, not to have no gaps.',
  },
  previewUpdates: {
    values: ['whole', 'embeds'],
    about: 'Whether the update that adds the previews of links has the whole message, or its embeds alone.',
    known:
      'The page has whole messages in updates; bots have long met some without author or content ' +
      '(https://docs.discord.com/developers/events/gateway-events#message-update).',
  },
  fileNames: {
    values: ['ascii', 'letters'],
    about: 'Which letters of a file name Discord leaves; the whole name is the `title`.',
    known:
      'Open in detail: names come back without spaces and signs, often without letters beyond ASCII ' +
      '(https://docs.discord.com/developers/resources/message#attachment-object).',
  },
  attachmentSizeLimitMib: {
    values: [10, 20],
    about: 'The `attachment_size_limit` of an interaction, in MiB, and what uploads may have.',
    known: '10 by the page, 20 was seen (https://docs.discord.com/developers/reference#uploading-files).',
  },
  defaultServiceIsFlex: {
    values: [true, false],
    about: "Whether the account's default Conversations service is the one that Flex uses.",
    known: 'True for accounts that were made for Flex; the two are settings of their own and may differ.',
  },
} as const satisfies Record<string, Variant>;

type Table = typeof variants;
type Widened<Value> = Value extends boolean ? boolean : Value;
/** A value for each variant. */
export type Variants = { [Name in keyof Table]: Widened<Table[Name]['values'][number]> };

/** The given values, and the default of every other variant. */
export function chooseVariants(given: Partial<Variants> = {}): Variants {
  const defaults = Object.entries(variants).map(([name, { values }]) => [name, values[0]]);
  return { ...Object.fromEntries(defaults), ...given } as Variants;
}
