declare const keyBrand: unique symbol;
declare const laneBrand: unique symbol;

/**
 * What makes an entry of the journal unique for ever: the same event journalled twice is one entry. Made in this file and
 * nowhere else, and never taken apart. Their spelling is in every database there is, so it stays as it is.
 */
export type EntryKey = string & { readonly [keyBrand]: true };

/** Entries of one lane are handled one after the other, in the order in which they were appended. Made in this file only. */
export type Lane = string & { readonly [laneBrand]: true };

const key = (text: string) => text as EntryKey;
const lane = (text: string) => text as Lane;

/**
 * All that is decided about a place, so that decisions never race. A private place is named by its member's id, whether the
 * member writes in a direct message or in a private thread; a public thread by its own. Both are ids of Discord's, no two of
 * which are the same.
 */
export const placeLane = (placeId: string) => lane(`in:${placeId}`);
/** All that goes out to a place. Each side has its own lane: one that fails holds only what is meant for it. */
export const discordLane = (placeId: string) => lane(`discord:${placeId}`);
/** All that goes out to a Twilio conversation. */
export const twilioLane = (conversationId: string) => lane(`twilio:${conversationId}`);
/** What is left of a conversation that is over, until it is decided where it goes on. Nobody works this lane off. */
export const asideLane = (conversationId: string) => lane(`aside:${conversationId}`);
/** Whether it is the lane of a place's decisions. */
export const isPlaceLane = (name: Lane) => name.startsWith('in:');
/** What a model answers takes a while: it has a lane of its own, so that nothing waits for it. */
export const assistantLane = (conversationId: string) => lane(`assistant:${conversationId}`);
/** The beginning of the names of lanes for timers. */
export const TIMER_LANES = 'timer:';
/** Interactions of a conversation that may or may not have been made: looked for one after the other, or two would be made. */
export const inDoubtLane = (conversationId: string) => lane(`${TIMER_LANES}in-doubt:${conversationId}`);
/** A lane for each timer, because a waiting entry holds its lane. */
export const timerLane = (timer: EntryKey) => lane(`${TIMER_LANES}${timer}`);
/** Announcements in one channel. */
export const announcementLane = (channelId: string) => lane(`announcements:${channelId}`);
/** Not the lane of the posts: Discord lets few messages an hour be published, and posts must not wait for that. */
export const crosspostLane = (channelId: string) => lane(`crosspost:${channelId}`);
/** The card of one case: its post and its edits. */
export const cardLane = (caseNumber: number) => lane(`card:${caseNumber}`);
/** What the followers of one case are told. */
export const followersLane = (caseNumber: number) => lane(`followers:${caseNumber}`);
/** Not the lane of the transcript: a task that refuses must not hold up messages. */
export const ratingLane = (conversationId: string) => lane(`rating:${conversationId}`);
/** Webhooks about one case to one address, named by its digest: a case, or an address, that fails holds up no other. */
export const webhookLane = (urlDigest: string, caseNumber: number) =>
  lane(`webhook:${urlDigest}:${caseNumber}`);

/** A message or an interaction that came from Discord, by its id. */
export const discordEventKey = (id: string) => key(`discord:${id}`);
/** That a member has another name, as the event with this id shows. */
export const memberRenamedKey = (eventId: string) => key(`discord:${eventId}:renamed`);
/** A version of a member's message; `editedAt` as Discord says it. */
export const memberEditedKey = (messageId: string, editedAt: string) =>
  key(`discord:${messageId}:edited:${editedAt}`);
/** The deletion of a member's message. */
export const memberDeletedKey = (messageId: string) => key(`discord:${messageId}:deleted`);
/** A reaction or its end; `emoji` is the id of a custom one, otherwise the character. The same one again is told once. */
export const reactionKey = (messageId: string, memberId: string, emoji: string, added: boolean) =>
  key(`discord:${messageId}:${added ? 'reacted' : 'unreacted'}:${memberId}:${emoji}`);

/** A change of a public thread, as `event` names it. */
export const threadChangedKey = (threadId: string, event: string) => key(`thread:${threadId}:${event}`);

/** What the forum desk makes of `cause`. */
export const forumKey = (
  what:
    | 'act'
    | 'ask'
    | 'away'
    | 'card'
    | 'look'
    | 'open'
    | 'rest'
    | 'secret'
    | 'stale'
    | 'state'
    | 'tell'
    | 'unanswered',
  cause: EntryKey,
) => key(`forum-${what}:${cause}`);
/** Cause: the author of a thread waits since then, in milliseconds since the epoch. */
export const waitingCause = (threadId: string, since: number) => key(`${threadId}:${since}`);
/** Cause: a channel is served since then, in milliseconds since the epoch. */
export const servedCause = (channelId: string, since: number) => key(`served:${channelId}:${since}`);
/** The past of a channel that is served, which is read page by page. */
export const adoptionLane = (channelId: string) => lane(`adoption:${channelId}`);
/** Something that the team did with a public thread, by the id of the request. */
export const teamActKey = (id: string) => key(`team:${id}`);

/** All that is decided about an incident, by the number of its parent case. */
export const incidentLane = (caseNumber: number) => lane(`incident:${caseNumber}`);
/** Members are told that an incident is over, some at a time; `eventId`: the entry of the timeline that says so. */
export const incidentOverKey = (caseNumber: number, eventId: number, step: number) =>
  key(`incident-over:${caseNumber}:${eventId}:${step}`);
/** The posts of an incident are told of it, those after the report `after`. */
export const incidentPostsKey = (caseNumber: number, publication: number, after: number) =>
  key(`incident-posts:${caseNumber}:${publication}:${after}`);
/** What an incident is said of to a place (a member, a thread or a channel); `publication` counts what was published. */
export const incidentSaidKey = (
  caseNumber: number,
  what: 'known' | 'over' | `published:${number}`,
  placeId: string,
) => key(`incident-said:${caseNumber}:${what}:${placeId}`);
/** Moderators are told of a new incident. */
export const incidentNoticedCause = (caseNumber: number) => key(`incident:${caseNumber}`);

/** Something that moderators did, as `event` names it. */
export const moderatedKey = (event: string) => key(`moderated:${event}`);

/** A message of an agent's that came from Twilio (IM…). */
export const agentWroteKey = (messageSid: string) => key(`twilio:${messageSid}`);
/** A version of an agent's message; `version` tells it from the others. */
export const agentEditedKey = (messageSid: string, version: string) =>
  key(`twilio:${messageSid}:edited:${version}`);
/** The removal of an agent's message. */
export const agentRemovedKey = (messageSid: string) => key(`twilio:${messageSid}:removed`);
/** An agent came into a chat (participant UT…). */
export const agentJoinedKey = (participantSid: string) => key(`joined:${participantSid}`);
/** An agent left a chat (participant UT…). */
export const agentLeftKey = (participantSid: string) => key(`left:${participantSid}`);
/** The end of a conversation. */
export const endedKey = (conversationId: string) => key(`ended:${conversationId}`);
/** What is decided once more because it could not take effect the first time: an edit that came early, a moved message. */
export const againKey = (first: EntryKey) => key(`again:${first}`);

/** What is left of a conversation that is over goes on in the next one; `found`: the entry that found it over. */
export const movingKey = (conversationId: string, found: EntryKey) =>
  key(`moving:${conversationId}:${found}`);
/** Cause: an entry was moved, because this conversation was over. */
export const movedCause = (conversationId: string, moved: EntryKey) =>
  key(`moved:${conversationId}:${moved}`);

/** A second look at what a conversation holds; `at`, when it is due, is shared by what falls together. */
export const transcriptLookKey = (conversationId: string, at: number) =>
  key(`second-look:${conversationId}:${at}`);
/** An interaction that an earlier entry may have made is looked for later. */
export const inDoubtKey = (first: EntryKey) => key(`in-doubt:${first}`);

/** What Twilio holds is fetched after a start, which `startId` names. */
export const catchUpAtStartKey = (conversationId: string, startId: string) =>
  key(`catch-up:${conversationId}:start:${startId}`);
/** What Twilio holds is fetched by the watch of a chat; `look` counts. */
export const catchUpKey = (watch: EntryKey, look: number) => key(`catch-up:${watch}:${look}`);
/** What Twilio holds is fetched once more because of a webhook that cannot be read, named by its digest. */
export const catchUpUnreadKey = (digest: string) => key(`catch-up:unread:${digest}`);
/** What Twilio holds is fetched before a chat that the bridge ends is over. */
export const catchUpAtEndKey = (conversationId: string) => key(`catch-up:${conversationId}:end`);
/** The watch over a chat with agents, one for each conversation. */
export const watchKey = (conversationId: string) => key(`watch:${conversationId}`);
/** The timer that looks whether the member has gone, one for each conversation. */
export const idleTimerKey = (conversationId: string) => key(`idle:${conversationId}`);
/** A member was silent since (milliseconds since the epoch) and is reminded, or the conversation closed. */
export const memberIdleKey = (act: 'remind' | 'close', conversationId: string, since: number) =>
  key(`${act}:${conversationId}:${since}`);
/** The timer that looks for a task after `cause` let a conversation wait for one. */
export const taskTimerKey = (cause: EntryKey) => key(`task:${cause}`);
/** Cause: a look for a task, counted by `look`, found none. */
export const taskMissingCause = (timer: EntryKey, look: number) => key(`${timer}:${look}`);
/** Cause: Flex could not make an interaction channel for a conversation; heard once. */
export const channelFailedCause = (conversationId: string) => key(`channel-failed:${conversationId}`);
/** Cause: an interaction channel has another status; `hearing` tells one webhook from the next. */
export const channelStatusCause = (channelSid: string, hearing: string) =>
  key(`channel:${channelSid}:${hearing}`);
/** The virtual agent's turn, or a hand-over, that `cause` began is due. */
export const turnDueKey = (cause: EntryKey) => key(`due:${cause}`);
/** The timer of an entry that is appended later. */
export const delayKey = (delayed: EntryKey) => key(`timer:${delayed}`);

/** What can follow from an entry; of each at most one. */
export type Consequence =
  // To the member
  | 'answer'
  | 'ask'
  | 'barred'
  | 'blocked'
  | 'case-solved'
  | 'cases'
  | 'chat-over'
  | 'dms-closed'
  | 'ended'
  | 'greeting'
  | 'in-chat'
  | 'joined'
  | 'left'
  | 'left-queue'
  | 'offer'
  | 'quiet'
  | 'solved'
  | 'still-there'
  | 'take-your-time'
  | 'transfer'
  | 'waiting'
  | 'welcome'
  // To Twilio; `carry`: what a member wrote, edited or deleted
  | 'barred-note'
  | 'carry'
  | 'choice'
  | 'close'
  | 'detach'
  | 'interaction'
  | 'moderation-note'
  | 'name'
  | 'note'
  | 'quiet-note'
  | 'summary'
  | 'transcript'
  | 'withdrawn-note'
  // Of a public thread
  | 'escalation'
  | 'release'
  | 'thread'
  // To either side
  | 'delayed'
  | 'discarded'
  | 'undelivered'
  // To a moderator
  | 'held'
  // To a model
  | 'assistant';

/** Something that follows from an entry, or from another cause that is made here. */
export const consequenceKey = (what: Consequence, cause: EntryKey) => key(`${what}:${cause}`);

/** The delivery of a member's message (Discord message id) to Twilio; moving it to another conversation keeps its key. */
export const carryKey = (messageId: string) => consequenceKey('carry', discordEventKey(messageId));

/** The delivery of an agent's message to the member; what takes its place has the same key. */
export const agentMessageKey = (messageSid: string) => key(`agent:${messageSid}`);
/** The delivery of an edit or a removal of an agent's message. */
export const agentChangeKey = (change: EntryKey) => key(`agent:${change}`);

/** Cause: the first message of somebody who was not announced introduces them. */
export const introductionCause = (conversationId: string, identity: string) =>
  key(`${conversationId}:${identity}`);
/** Cause: a member's message could not be delivered. */
export const refusalCause = (messageId: string) => key(`refused:${messageId}`);
/** Cause: the Studio flow asks about the turn that the message ended. */
export const turnCause = (conversationId: string, messageId: string) =>
  key(`turn:${conversationId}:${messageId}`);
/** An agent sends an article; also the cause of what is written into the transcript. */
export const articleKey = (sendId: string) => key(`article:${sendId}`);

/** A public comment, which made `version` of the case out of date. */
export const caseCommentKey = (caseNumber: number, version: number) =>
  key(`case-comment:${caseNumber}:${version}`);
/** A question whether the case is solved, which made `version` of it out of date. */
export const caseCheckInKey = (caseNumber: number, version: number) =>
  key(`case-check-in:${caseNumber}:${version}`);
/** A case went on, as this entry of the timeline says: for its member, or for a follower. */
export const caseMovedKey = (eventId: number | null, followerId?: string) =>
  key(followerId === undefined ? `case-moved:${eventId}` : `case-moved:${eventId}:${followerId}`);
/** Followers are told of an entry of the timeline, from the first on or those after `after`. */
export const followersKey = (eventId: number | null, after?: string) =>
  key(after === undefined ? `followers:${eventId}` : `followers:${eventId}:${after}`);
/** The first post of a card. */
export const cardKey = (caseNumber: number) => key(`card:${caseNumber}`);
/** An edit of a card; `changes` counts what it should show. */
export const cardEditKey = (caseNumber: number, changes: number) => key(`card:${caseNumber}:${changes}`);
/** A rating for the task of a conversation, by the click (interaction id) that gave it. */
export const ratingKey = (conversationId: string, interactionId: string) =>
  key(`rating:${conversationId}:${interactionId}`);

/** An item of a feed in one channel. */
export const feedItemKey = (url: string, itemId: string, channelId: string) =>
  key(`feed:${url}:${itemId}:${channelId}`);
/** An announcement, by the preview (message id) that was confirmed. */
export const announcementKey = (previewId: string) => key(`announcement:${previewId}`);
/** Whether a part of an entry arrived twice in a channel. */
export const secondLookKey = (sent: EntryKey, part: number, channelId: string) =>
  key(`second-look:${sent}:${part}:${channelId}`);
/** A published message. */
export const crosspostKey = (messageId: string) => key(`crosspost:${messageId}`);
/** One webhook; `replays` counts how often it was asked for again. */
export const webhookKey = (deliveryId: string, replays: number) => key(`webhook:${deliveryId}:${replays}`);
