import type { RefusalReason } from '../../relay/errors.ts';
import { pluralsOf } from '../plural.ts';
import { refusals } from './refusals.ts';

const plural = pluralsOf('en');

/** Cases on Discord: cards, votes, followers, a member's own cases, ratings. */
export const cases = {
  card: {
    status: 'Status',
    votes: 'Votes',
    followers: 'Followers',
    by: (name: string) => `from ${name}`,
    vote: (votes: number) => `Vote (${votes})`,
    follow: 'Follow',
    view: 'View',
  },
  voted: (caseNumber: number, votes: number) =>
    `You voted for #${caseNumber}. It has ${votes} ${plural(votes, { one: 'vote', other: 'votes' })} now.`,
  votedAlready: (caseNumber: number) => `You have voted for #${caseNumber} already; everybody has one vote.`,
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
  rating: {
    ask: 'How was it? 1 is bad, 5 is good.',
    thanks: (score: number) => `Thank you! You gave ${'★'.repeat(score)}${'☆'.repeat(5 - score)}.`,
    addComment: 'Add a comment',
    form: 'Your comment',
    comment: 'What was good, what was not?',
    commented: 'Thank you for your comment! The team reads it.',
    notYours: 'That was not your conversation.',
  },
  cardRemoved:
    'The card of this case was removed from its channel in the server. It is not posted again; the case goes on.',
  cardNotPosted: (reason: RefusalReason) =>
    `The card of this case could not be posted in the server, because ${refusals[reason]}.`,
};
