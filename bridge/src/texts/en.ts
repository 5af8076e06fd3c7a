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
  command: {
    helpme: { name: 'helpme', description: 'Get help: answers at once, or a person' },
    question: { name: 'question', description: 'What you would like to know' },
  },
  community: {
    command: {
      bug: { name: 'bug', description: 'Report a bug to the team' },
      bugText: { name: 'description', description: 'What happened; without it a form opens' },
      feature: { name: 'new_feature', description: 'Share an idea for something new or better' },
      featureText: { name: 'description', description: 'Your idea; without it a form opens' },
      case: { name: 'case', description: 'Your cases' },
      list: { name: 'list', description: 'All your cases' },
      view: { name: 'view', description: 'One of your cases and what happened to it' },
      comment: { name: 'comment', description: 'Add something to one of your cases' },
      close: { name: 'close', description: 'Close one of your cases: it is no longer needed' },
      number: { name: 'number', description: 'Number of the case' },
      text: { name: 'text', description: 'What the team should know' },
      fromMessage: { name: 'Open a case from this message' },
      setup: { name: 'setup', description: 'Build or repair the channels and the role that support needs' },
      announce: { name: 'announce', description: 'Write an announcement, look at it, publish it' },
    },
    form: {
      bug: 'Report a bug',
      feature: 'Request a feature',
      title: 'Title',
      titleHint: 'In one line',
      happened: 'What happened?',
      happenedHint: 'And what did you expect instead?',
      steps: 'Steps to see it again',
      platform: 'Where?',
      platforms: {
        windows: 'Windows',
        mac: 'macOS',
        linux: 'Linux',
        ios: 'iPhone or iPad',
        android: 'Android',
        web: 'Browser',
        console: 'Console',
        other: 'Somewhere else',
      },
      screenshot: 'Screenshots',
      screenshotHint: 'Everybody in the server can see them, as well as what you write here',
      idea: 'What would you like, and why?',
    },
    reported: {
      bug: (caseNumber: number) =>
        `Thank you! Your report is case **#${caseNumber}**. I write to you when something happens to it.`,
      feature: (caseNumber: number) =>
        `Thank you! Your idea is case **#${caseNumber}**. I write to you when something happens to it.`,
      everybody: (channel: string) => `Everybody can see it in ${channel}.`,
    },
    empty: 'There was nothing in it. Please say in a few words what it is about.',
    tooLong: (limit: number) =>
      `That is too long: it may have up to ${limit} characters. Here is what you wrote:`,
    type: { support: 'Help', bug: 'Bug', feature: 'Idea' },
    card: {
      status: 'Status',
      votes: 'Votes',
      followers: 'Followers',
      number: 'Case',
      updated: 'Updated',
      by: (name: string) => `from ${name}`,
      vote: (votes: number) => `Vote (${votes})`,
      follow: 'Follow',
      view: 'View',
    },
    voted: (caseNumber: number, votes: number) =>
      `You voted for #${caseNumber}. It has ${votes} ${votes === 1 ? 'vote' : 'votes'} now.`,
    votedAlready: (caseNumber: number) =>
      `You have voted for #${caseNumber} already; everybody has one vote.`,
    unvoted: (caseNumber: number) => `Your vote for #${caseNumber} is taken back.`,
    unvote: 'Take my vote back',
    following: (caseNumber: number) =>
      `You follow #${caseNumber}: I write to you when something happens to it.`,
    followingAlready: (caseNumber: number) => `You follow #${caseNumber} already.`,
    unfollowed: (caseNumber: number) => `You no longer follow #${caseNumber}.`,
    unfollow: 'Stop following',
    finished: (caseNumber: number) => `#${caseNumber} is finished; no more votes are counted.`,
    noSuchCase: (caseNumber: number) =>
      `You have no case #${caseNumber}. \`/case list\` shows those that you have.`,
    gone: 'That case is no longer there.',
    none: 'You have no cases yet. `/bug`, `/new_feature` and `/helpme` open one.',
    page: (from: number, to: number) => `${from}–${to}`,
    newer: 'Newer',
    older: 'Older',
    commented: (caseNumber: number) => `Your comment is with case #${caseNumber}.`,
    closed: (caseNumber: number) => `Case #${caseNumber} is closed. Thank you for telling us.`,
    alreadyFinished: (caseNumber: number, status: string) =>
      `Case #${caseNumber} is ${status} already; there is nothing to close.`,
    reopened: (caseNumber: number) =>
      `Case #${caseNumber} is open again. Tell us what is missing: \`/case comment\`.`,
    notReopened: (caseNumber: number, status: string) =>
      `Case #${caseNumber} is ${status}; it need not be opened again.`,
    duplicate: (caseNumber: number, other: number) =>
      `Case #${caseNumber} is the same as #${other}; it goes on there.`,
    notYet: 'No, not yet',
    unsolved: (caseNumber: number) => `Thank you for telling us: we go on with case #${caseNumber}.`,
    created: 'Opened',
    nothingYet: 'Nothing has happened yet.',
    told: {
      elevated: 'We are working on your case.',
      waiting: 'We need something from you to go on. Answer here or with `/case comment`.',
      resolved: 'Your case is resolved. If it is not, open it again and tell us what is missing.',
    },
    toldFollower: {
      elevated: 'The team is working on this case, which you follow.',
      resolved: 'This case, which you follow, is resolved.',
    },
    reopen: 'Reopen',
    opened: (caseNumber: number, name: string) => `Case **#${caseNumber}** is open for ${name}.`,
    openedBefore: (caseNumber: number) => `This message is case **#${caseNumber}** already.`,
    notAMember: 'That was written by a bot or a webhook: there is nobody whose case it would be.',
    onlyModerators: 'This is for the moderators of this server.',
    onlyAdministrators: 'This is for the administrators of this server.',
    onlyInServers: 'This works in a server only.',
    notSetUp: 'There is no channel for announcements yet. An administrator makes it with `/setup`.',
    announcement: {
      form: 'Announcement',
      title: 'Title',
      text: 'Text',
      textHint: 'Markdown works',
      link: 'Link',
      linkHint: 'https://…',
      preview: (channel: string) => `This is how it will look in ${channel}. Only you can see it now.`,
      badLink: 'The link is not a web address and was left out.',
      publish: 'Publish',
      discard: 'Discard',
      published: (channel: string) => `It is on its way to ${channel}.`,
      discarded: 'Discarded: nothing was published.',
    },
    panel: {
      title: 'How can we help?',
      text: 'Help comes in private: answers at once, and a person when you want one. Bugs and ideas are for everybody to see, to follow and to vote on.',
      help: 'Get help',
      bug: 'Report a bug',
      feature: 'Request a feature',
    },
    setup: {
      done: 'This server is set up.',
      unfinished: 'This server is not completely set up. Mend what is marked with ❌ and use `/setup` again.',
      made: 'made',
      repaired: 'repaired',
      kept: 'was there',
      role: 'Role for moderators',
      panel: 'Message with the buttons',
      lacks: (permission: string) => `I lack the permission *${permission}*`,
      failed: 'Discord refused it',
      plain: 'made as a text channel, because this server is not a community: other servers cannot follow it',
      permissions: {
        channels: 'Manage Channels',
        roles: 'Manage Roles',
        see: 'View Channels',
        send: 'Send Messages',
        embed: 'Embed Links',
      },
      roleName: 'Support Moderator',
    },
    rating: {
      ask: 'How was it? 1 is bad, 5 is good.',
      thanks: (score: number) => `Thank you! You gave ${'★'.repeat(score)}${'☆'.repeat(5 - score)}.`,
      addComment: 'Add a comment',
      form: 'Your comment',
      comment: 'What was good, what was not?',
      commented: 'Thank you for your comment! The team reads it.',
      notYours: 'That was not your conversation.',
    },
    cardNotPosted: (reason: RefusalReason) =>
      `The card of this case could not be posted in the server, because ${undelivered[reason]}.`,
  },
};

export type Texts = typeof en;
