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
    openDm: 'Open the conversation',
  },
  helpReply: 'I wrote to you in private. Only you and our team can read along there.',
  threadOpened: (thread: string) =>
    `Your direct messages are closed for this server, so I wrote to you here: ${thread}. Only you and our team can read along there.`,
  dmClosed:
    'I cannot write to you: your direct messages are closed for this server. Allow them (server name › Privacy Settings › Direct Messages), then use /helpme again.',
  tryAgain: 'That did not work just now. Please try again in a moment.',
  /** What the bridge says about a message: in what members read, in their language; in transcripts, in the agents'. */
  message: {
    file: (name: string, size: string) => `File: ${name}, ${size}`,
    fileLost: (name: string, size: string) => `File: ${name}, ${size}; it could not be carried`,
    linkExpires: 'The link works for a few minutes.',
    voice: (duration: string) => `Voice message, ${duration}`,
    voiceWords: (duration: string, words: string) => `Voice message, ${duration}: “${words}”`,
    described: (name: string, description: string) => `${name}: ${description}`,
    sticker: (name: string) => `Sticker: ${name}`,
    gif: (name: string) => (name ? `GIF: ${name}` : 'GIF'),
    sound: 'sound',
    spoiler: (words: string) => `spoiler: ${words}`,
    poll: (question: string, answers: string) => `Poll: ${question} (${answers})`,
    pollSeveral: (question: string, answers: string) =>
      `Poll, several answers allowed: ${question} (${answers})`,
    pollEnded: (question: string, winner: string) => `Poll ended: ${question}${winner && ` – ${winner}`}`,
    forwarded: (words: string) => `Forwarded message: ${words}`,
    noText: '(no text)',
    embed: (words: string) => `Embed: ${words}`,
    part: (words: string) => `Card: ${words}`,
    unknownPart: (kind: string) => `Something that cannot be shown here: ${kind}`,
    activity: (name: string) => `Invitation to an activity${name && `: ${name}`}`,
    empty: 'A message without content',
    unknown: (what: string) => `A message that cannot be shown here (${what})`,
    attachment: '(attachment)',
    originalDeleted: '(the original message was deleted)',
    somebody: 'member',
    role: 'role',
    channel: 'channel',
    page: {
      customize: 'Channels & Roles',
      browse: 'Browse Channels',
      guide: 'Server Guide',
      'linked-roles': 'Linked Roles',
    } as Record<string, string>,
    edited: (before: string) => `Edited${before && `. Before: ${before}`}`,
    fileRemoved: (name: string) => `File removed: ${name}`,
    deleted: (name: string) => `${name} deleted this message`,
    deletedFile: (name: string) => `${name} deleted a file`,
    aFile: 'a file',
    reacted: (name: string, emoji: string, what: string) => `${name} reacted ${emoji} to ${what}`,
    unreacted: (name: string, emoji: string, what: string) => `${name} took back ${emoji} from ${what}`,
    renamed: (from: string, to: string) => `${from} is now called ${to}`,
    did: {
      1: (name: string) => `${name} added somebody`,
      2: (name: string) => `${name} removed somebody or left`,
      3: (name: string) => `${name} started a call`,
      4: (name: string) => `${name} gave the thread another name`,
      6: (name: string) => `${name} pinned a message`,
    } as Record<number, (name: string) => string>,
    didUnknown: (name: string, kind: number) => `${name} did something that cannot be shown here (${kind})`,
  },
  command: {
    helpme: { name: 'helpme', description: 'Get help: answers at once, or a person' },
    question: { name: 'question', description: 'What you would like to know' },
  },
};

export type Texts = typeof en;
