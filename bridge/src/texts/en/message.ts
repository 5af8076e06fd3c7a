/** What the bridge says about a message: to members in their language, in transcripts in that of the agents. */
export const message = {
  file: (name: string, size: string) => `File: ${name}, ${size}`,
  fileLost: (name: string, size: string) => `File: ${name}, ${size}; it could not be carried`,
  fileNotOpened: (name: string, size: string) =>
    `File: ${name}, ${size}; Flex is not set up to open this kind of file`,
  linkExpires: 'The link works for a few minutes.',
  notFormatted: 'The message is shown without its formatting, which is too deeply nested.',
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
  pollVotes: (count: number) => `– ${count} ${count === 1 ? 'vote' : 'votes'}`,
  /** `winner` is empty where none has the most votes. */
  pollEnded: (question: string, winner: string, votes: { winner: number; all: number }) =>
    `Poll ended: ${question} – ${winner ? `${winner}, ${votes.winner} of ${votes.all} votes` : votes.all ? `a tie, ${votes.all} votes` : 'no votes'}`,
  forwarded: (words: string) => `Forwarded message: ${words}`,
  noText: '(no text)',
  embed: (words: string) => `Embed: ${words}`,
  part: (words: string) => `Card: ${words}`,
  unknownPart: (kind: string) => `Something that cannot be shown here: ${kind}`,
  activity: (name: string) => `Invitation to an activity${name && `: ${name}`}`,
  empty: 'A message without content',
  contentHidden:
    'A message whose words Discord does not show the bot: its Message Content intent is switched off',
  unknown: (what: string) => `A message that cannot be shown here (${what})`,
  attachment: '(attachment)',
  originalDeleted: '(the original message was deleted)',
  originalUnknown: '(the original message cannot be seen from here)',
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
  /** Stands in a case where words were that their author has deleted. */
  wordsGone: '[deleted]',
  deletedFile: (name: string) => `${name} deleted a file`,
  aFile: 'a file',
  reacted: (name: string, emoji: string, what: string) => `${name} reacted ${emoji} to ${what}`,
  unreacted: (name: string, emoji: string, what: string) => `${name} took back ${emoji} from ${what}`,
  leftQueue: (name: string) => `${name} left the queue`,
  endedChat: (name: string) => `${name} ended the chat`,
  stillHere: (name: string) => `${name} is still there`,
  threadLocked: (name: string) =>
    `A moderator locked the thread with ${name}, who cannot write there until it is unlocked`,
  threadUnlocked: (name: string) => `The thread with ${name} is not locked any longer`,
  threadArchived: (name: string) => `The thread with ${name} was archived; the next message opens it again`,
  threadDeleted: (name: string) => `The thread with ${name} was deleted; the next message opens another`,
  removedFromThread: (name: string) =>
    `A moderator took ${name} out of the thread, where they see nothing more`,
  banned: (name: string, server: string) =>
    `${name} was banned from the server ${server} and may not be reached any more`,
  wordsRemoved: (what: string) => `A moderator removed ${what} from the thread`,
  inPublic: {
    heading: (title: string, channel: string) =>
      `In public: everybody on the server reads what you answer. “${title}” in #${channel}`,
    asked: (by: string) => `${by} asked for the team`,
    brought: (by: string) => `${by} brought it to the team`,
    unanswered: (minutes: number) => `Nobody has answered for ${minutes} minutes`,
    rule: 'Every post of this channel comes to the team',
    leftOut: (count: number) => `${count} earlier messages are left out here; the link leads to all of them`,
    archived: 'The thread was archived; your next message opens it again',
    locked: 'A moderator locked the thread: nobody writes there until it is unlocked',
    unlocked: 'The thread is not locked any longer',
    deleted: 'The thread was deleted: nobody reads what you write here any more',
    channel: {
      open: 'The bot may read and write in the channel again',
      'read-only': 'The bot may not write in the channel any more: what you write is not posted',
      hidden:
        'The bot does not see the channel any more: nothing comes from there, and nothing you write is posted',
      deleted: 'The channel was deleted, with all its threads: nobody reads what you write here any more',
    },
    editedEarlier: (name: string, now: string) =>
      `${name} edited a message of before the thread came to you. It says now: ${now}`,
    deletedEarlier: (name: string) => `${name} deleted a message of before the thread came to you`,
  },
  renamed: (from: string, to: string) => `${from} is now called ${to}`,
  did: {
    1: (name: string) => `${name} added somebody`,
    2: (name: string) => `${name} removed somebody or left`,
    3: (name: string) => `${name} started a call`,
    4: (name: string) => `${name} gave the thread another name`,
    6: (name: string) => `${name} pinned a message`,
  } as Record<number, (name: string) => string>,
  didUnknown: (name: string, kind: number) => `${name} did something that cannot be shown here (${kind})`,
};
