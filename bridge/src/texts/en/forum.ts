/** What is said in public threads, on their buttons, and to moderators about them. */
export const forum = {
  answer: 'This may answer your question. I am the automatic helper of this server.',
  answerAgain: 'Then perhaps this one. I am the automatic helper of this server.',
  similar: 'These posts were solved and look alike. Perhaps one of them helps.',
  solvedBefore: 'Solved before',
  alike: 'Alike and solved',
  cited: 'From the help articles · automatic answer',
  citedPost: 'From a solved post · automatic answer',
  reword: 'I have nothing that fits better. More detail helps: what happens, and what did you expect?',
  rewordOrTeam: 'I have nothing that fits better. More detail helps, or ask the team with the button.',
  team: 'The team was asked and answers here, in this thread. Everybody can read it.',
  askSolved: (name: string) => `Did what ${name} wrote solve it?`,
  solved: 'This is solved.',
  solvedBy: (name: string) => `This is solved. Thank you, ${name}!`,
  writeToReopen: 'Writing here opens it again.',
  reopened: 'This is open again.',
  reminder: (author: string) => `${author}, is this still open?`,
  closesIn: (time: string) =>
    `Without an answer it is closed ${time}. Nothing is lost, and writing here opens it again.`,
  closed:
    'Nobody has written here for a while, so this is closed as unanswered. Writing here opens it again.',
  private: 'This goes on in private, because not everybody should read it. Thank you for your patience here.',
  duplicate: (url: string) => `This is the same as ${url}. Please read on there.`,
  button: {
    helped: 'That helped',
    notYet: 'Not yet',
    team: 'Ask the team',
    private: 'Continue in private',
    solution: 'Mark as solution',
    stillOpen: 'Still open',
    solved: 'It is solved',
  },
  noted: 'Thank you, that is noted.',
  marked: 'Marked as the solution.',
  broughtToTeam: 'The team is asked.',
  onlyDeciders: 'Only who asked, and moderators, decide on this.',
  notServed: 'This works in threads that are served here, and this is none, or is not there any more.',
  noTeam: 'The team is not asked from this channel.',
  privateOpened: 'We go on here, in private. Only you and the team read it.',
  privateAsked: (title: string, url: string) => `Continued from “${title}”: ${url}`,
  secret: (kinds: string) =>
    `Your message seems to hold ${kinds}. Everybody can read it here: edit or delete it if it should stay private.`,
  secretRemoved: (kinds: string) =>
    `Your message seemed to hold ${kinds}, which everybody could read, so it was taken away. Please write it again without.`,
  secretIn: (url: string) => `It is about ${url}`,
  yourWords: 'These were your words:',
  kinds: {
    token: 'a password or an access token',
    card: 'the number of a card',
    mail: 'a mail address',
    phone: 'a phone number',
  },
  masked: { token: 'token', card: 'card number', mail: 'mail address', phone: 'phone number' },
  moderators: {
    flood: (channel: string, posts: number) =>
      `${posts} posts within a minute in ${channel}. Each member gets one answer at most, and none is brought to the team by itself, until it is over.`,
    noSolvedTag: (channel: string) =>
      `${channel} has no tag that says that a post is solved, so solved posts look open there. Give it one named “solved”; /setup does that, too.`,
    secret: (url: string, kinds: string) => `A message seems to hold ${kinds}: ${url}`,
    secretRemoved: (url: string, kinds: string) =>
      `A message that seemed to hold ${kinds} was taken away: ${url}`,
  },
  /** For agents: why they need not answer any longer. */
  released: {
    answered: 'A moderator has answered on Discord.',
    solved: 'It is solved on Discord.',
    closed: 'It is closed on Discord.',
    private: 'It goes on in private.',
  },
  learning: {
    on: 'What you write in public threads may help others: solved posts are shown to members who ask the same, without mail addresses, phone numbers and the like.',
    off: 'Nothing is learned from what you write in public threads, and what was learned before is deleted.',
    turnOff: 'Do not learn from me',
    turnOn: 'You may learn from me',
  },
  setup: {
    forum: 'Help forum',
    made: (rule: string) => `made, with the rule *${rule}*`,
    taken: (rule: string) => `served now, with the rule *${rule}*`,
    tagMade: 'I gave it a tag for solved posts.',
    noTag: 'It has 20 tags, and none says that a post is solved: rename one to “solved”.',
    noCommunity: 'forums need a community server: *Enable Community* in the server settings',
    byOperator: 'it is served by the settings of the operator already',
  },
  /** Names that forums give the tag of solved posts; the first is given to new forums. */
  solvedTagNames: ['solved', 'resolved', 'answered', 'fixed'],
  forumName: 'help',
};
