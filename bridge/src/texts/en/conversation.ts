import type { RefusalReason } from '../../relay/errors.ts';
import { refusals } from './refusals.ts';

/** What the bridge itself says in a conversation, and the buttons under it. */
export const conversation = {
  greeting: (name: string) =>
    `Hi ${name}! Tell me what you need, in your own words. I look it up, or bring you to a person.`,
  askAway: 'Go ahead: what would you like to know?',
  articlesSure: 'This should help:',
  articlesUnsure: 'I am not certain, but one of these may be it:',
  noAnswer: 'I found nothing that answers this, and I would rather not guess. Shall I bring you to a person?',
  welcome: 'You are welcome! Write whenever you need something.',
  transfer: (caseNumber: number, ahead: number) =>
    `Your case number is **#${caseNumber}**. You are being transferred to a person; everything you wrote goes with you.${ahead > 0 ? ` Waiting before you: ${ahead}.` : ''}`,
  barred: {
    /** `when` is a time as the reader's own language and zone show it. */
    closedHours: (caseNumber: number | null, when: string | null) =>
      `Our team is not here right now${when ? `; we open next at ${when}` : ''}.${caseNumber === null ? '' : ` I opened case **#${caseNumber}** for you, so nothing is lost.`} Meanwhile I keep answering what I can.`,
    cooldown: (when: string) =>
      `You have talked to our team a moment ago. You can ask for a person again at ${when}; meanwhile I keep answering what I can.`,
    tooNew: (when: string) =>
      `Your Discord account is too new to reach our team; you can from ${when} on. Meanwhile I keep answering what I can.`,
  },
  blocked: 'Our team does not take messages from you here. What you write is not read.',
  stillWaiting: (caseNumber: number | null) =>
    caseNumber === null
      ? 'A person will be with you as soon as one is free.'
      : `Case **#${caseNumber}** is with our team. A person will be with you as soon as one is free.`,
  joined: (name: string) => `${name} joined the chat.`,
  left: (name: string) => `${name} left the chat.`,
  solved: 'Glad that helped! Write again whenever you need something.',
  ended: (caseNumber: number | null) =>
    `This chat has ended${caseNumber === null ? '' : ` (case #${caseNumber})`}. Thank you! Write again and a new one begins.`,
  stillThere:
    'Are you still there? Write, or press a button, whenever you are ready; otherwise this chat will close.',
  takeYourTime: 'Take your time. This chat stays open.',
  leftQueue: (caseNumber: number | null, caseClosed: boolean) =>
    `You are not waiting for a person any longer.${caseNumber === null ? '' : caseClosed ? ` Case **#${caseNumber}** is closed.` : ` Case **#${caseNumber}** stays open, so our team can still answer it. Is it solved already?`}${caseNumber !== null && !caseClosed ? '' : ' Write again whenever you need something.'}`,
  inChat: 'Our team is here in this chat: what you write reaches them.',
  offerToLeave: 'Good to hear! Then you need not wait for a person any longer, if nothing else is open.',
  offerToEnd: 'Shall this chat end?',
  chatOver: 'That chat is over already. Write here and a new one begins.',
  neverMind: 'All right. Write whenever you need something.',
  closedQuiet: (caseNumber: number | null) =>
    `It has been quiet for a while, so this chat was closed${caseNumber === null ? '' : ` (case #${caseNumber})`}. Write again and a new one begins; our team sees what was said before.`,
  noCases: 'You have no cases.',
  cases: 'Your latest cases',
  caseTitle: (caseNumber: number, title: string) => `Case #${caseNumber}${title ? `: ${title}` : ''}`,
  caseCheckIn: 'Is this solved? If it is not, write to me here or ask for a person.',
  caseStatus: {
    open: 'open',
    elevated: 'in progress',
    waiting: 'waiting for you',
    resolved: 'resolved',
    closed: 'closed',
  } as Record<string, string>,
  undelivered: (reason: RefusalReason) => `This message was not delivered, because ${refusals[reason]}.`,
  discarded:
    'This message could not be delivered, and our team has discarded it. If it still matters, please write it once more.',
  /** For agents. `by`: who discarded it; `name`: the member. */
  discardedFromMember: (by: string, name: string) =>
    `A message from ${name} could not be delivered to Flex. ${by} discarded it, and ${name} was told.`,
  discardedToMember: (by: string, name: string) =>
    `A message to ${name} could not be delivered. ${by} discarded it; it is not sent any more.`,
  discardedOther: (by: string) => `Something that could not be delivered was discarded by ${by}.`,
  delayed:
    'This message has not arrived yet. It is tried again by itself; there is no need to send it once more.',
  button: {
    ask: 'Ask a question',
    cases: 'My cases',
    person: 'Talk to a person',
    solved: 'That solved it',
    'case-solved': 'Yes, it is solved',
    choose: 'None of these',
    leave: 'Leave the queue',
    end: 'End chat',
    here: 'I am here',
    openDm: 'Open the conversation',
  },
  helpReply: 'I wrote to you in private. Only you and our team can read along there.',
  threadOpened: (thread: string) =>
    `Your direct messages are closed for this server, so I wrote to you here: ${thread}. Only you and our team can read along there.`,
  dmClosed:
    'I cannot write to you: your direct messages are closed for this server. Allow them (server name › Privacy Settings › Direct Messages), then use /helpme again.',
  tryAgain: 'That did not work just now. Please try again in a moment.',
  tooMany: 'That was a lot at once. Please wait some seconds, then try again.',
};
