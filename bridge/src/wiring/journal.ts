import * as cards from '../cases/public/cards.ts';
import * as ratings from '../cases/public/ratings.ts';
import * as caseUpdates from '../cases/public/updates.ts';
import * as announcements from '../community/announcements.ts';
import * as secondLooks from '../discord/conversation/second-look.ts';
import * as crossposts from '../discord/servers/announcements.ts';
import * as forum from '../forum/entries.ts';
import * as incidents from '../incidents/telling.ts';
import * as agentEvents from '../support/agent-events.ts';
import * as inactivity from '../support/inactivity.ts';
import * as memberEvents from '../support/member-events.ts';
import * as messageChanges from '../support/message-changes.ts';
import * as moderation from '../support/moderation.ts';
import * as outgoing from '../support/outgoing.ts';
import * as teamAnswers from '../support/public/team-answer.ts';
import * as threadEvents from '../support/public/thread-events.ts';
import * as taskWatch from '../support/task-watch.ts';
import * as turns from '../support/turns.ts';
import * as watch from '../support/watch.ts';
import * as threadRequests from '../threads/requests.ts';
import * as webhooks from '../webhooks/webhooks.ts';

/** The modules that define what the journal can hold. Each kind that they export must have a handler. */
export const journalModules = [
  agentEvents,
  announcements,
  cards,
  caseUpdates,
  crossposts,
  forum,
  inactivity,
  incidents,
  memberEvents,
  messageChanges,
  moderation,
  outgoing,
  ratings,
  secondLooks,
  taskWatch,
  teamAnswers,
  threadEvents,
  threadRequests,
  turns,
  watch,
  webhooks,
] as const;
