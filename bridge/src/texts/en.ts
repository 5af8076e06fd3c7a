import type { RefusalReason } from '../relay/errors.ts';

const undelivered: Record<RefusalReason, string> = {
  unreachable: 'the member does not accept direct messages from this bot',
  left: 'the member has left the server, and nobody can write to them from there any more',
  gone: 'the conversation no longer exists',
  unacceptable: 'it is too long or in a form that cannot be carried',
  forbidden: 'the bridge is not allowed to write there',
  'gave-up': 'the other side did not answer for a day',
  fault: 'of an internal fault',
};

/** Everything that members read, in English. A new language is one file of this shape and a line in `index.ts`. */
export const en = {
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
  stillThere: 'Are you still there? Write whenever you are ready; otherwise this chat will close.',
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
  undelivered: (reason: RefusalReason) => `This message was not delivered, because ${undelivered[reason]}.`,
  button: {
    ask: 'Ask a question',
    cases: 'My cases',
    person: 'Talk to a person',
    solved: 'That solved it',
    'case-solved': 'Yes, it is solved',
    choose: 'None of these',
    openDm: 'Open the conversation',
  },
  helpReply: 'I wrote to you in private. Only you and our team can read along there.',
  threadOpened: (thread: string) =>
    `Your direct messages are closed for this server, so I wrote to you here: ${thread}. Only you and our team can read along there.`,
  dmClosed:
    'I cannot write to you: your direct messages are closed for this server. Allow them (server name › Privacy Settings › Direct Messages), then use /helpme again.',
  tryAgain: 'That did not work just now. Please try again in a moment.',
  assistant: {
    which: 'Which of these do you mean?',
    about:
      'I am the automatic helper of this server: I look up answers in our help articles, and bring you to a person whenever you say so.',
    sources: 'Sources',
    summary: {
      /** In which the names of languages are written. */
      locale: 'en',
      heading: 'Summary for the agent',
      member: 'Member',
      who: (name: string, language: string | null) => (language ? `${name} (${language})` : name),
      matter: 'Asked',
      noMatter: 'nothing but to speak with a person',
      tried: 'Articles shown',
      triedCount: (count: number) =>
        count === 0 ? 'no article shown' : count === 1 ? '1 article shown' : `${count} articles shown`,
      nothingTried: 'none',
      unanswered: 'One or more questions had no article.',
      mood: 'Mood',
      moods: { calm: 'calm', pressed: 'in a hurry or worried', angry: 'upset' },
    },
  },
  command: {
    helpme: { name: 'helpme', description: 'Get help: answers at once, or a person' },
    question: { name: 'question', description: 'What you would like to know' },
  },
};

export type Texts = typeof en;
