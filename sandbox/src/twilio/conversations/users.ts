import { notFound } from '../errors.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import { firePostEvent } from './hooks.ts';
import { checkAttributes, checkName } from './limits.ts';
import type { Origin, User } from './model.ts';

export interface UserChange {
  friendlyName?: string;
  attributes?: string;
  roleSid?: string;
}

export function findUser(state: TwilioState, sidOrIdentity: string): User | undefined {
  return state.users.get(sidOrIdentity) ?? state.users.get(state.userIdentities.get(sidOrIdentity) ?? '');
}

/** By SID or identity; throws 404/20404. */
export function getUser(state: TwilioState, sidOrIdentity: string): User {
  const user = findUser(state, sidOrIdentity);
  if (!user) throw notFound(`/Users/${sidOrIdentity}`);
  return user;
}

/** The user of an identity, made on its first use. */
export function ensureUser(state: TwilioState, identity: string, change: UserChange = {}): User {
  return findUser(state, identity) ?? createUser(state, identity, change, { kind: 'silent' });
}

export function createUser(state: TwilioState, identity: string, change: UserChange, origin: Origin): User {
  const now = state.clock.now();
  const user: User = {
    sid: newSid('US'),
    identity: checkName(state, identity, 'Identity'),
    friendlyName: change.friendlyName ?? identity,
    attributes: checkAttributes(change.attributes || '{}', state.limits.participantAttributesBytes),
    roleSid: change.roleSid ?? state.roleSids.service,
    dateCreated: now,
    dateUpdated: now,
  };
  state.users.set(user.sid, user);
  state.userIdentities.set(user.identity, user.sid);
  firePostEvent(state, undefined, 'onUserAdded', userFields(state, user), origin);
  return user;
}

export function updateUser(state: TwilioState, user: User, change: UserChange, origin: Origin): void {
  if (change.attributes) {
    user.attributes = checkAttributes(change.attributes, state.limits.participantAttributesBytes);
  }
  if (change.friendlyName !== undefined)
    user.friendlyName = checkName(state, change.friendlyName, 'FriendlyName');
  if (change.roleSid) user.roleSid = change.roleSid;
  user.dateUpdated = state.clock.now();
  state.events.emit('user', { identity: user.identity });
  firePostEvent(state, undefined, 'onUserUpdated', userFields(state, user), origin);
}

export function deleteUser(state: TwilioState, user: User): void {
  state.users.delete(user.sid);
  state.userIdentities.delete(user.identity);
}

function userFields(state: TwilioState, user: User): Record<string, string> {
  return {
    ChatServiceSid: state.serviceSid,
    UserSid: user.sid,
    Identity: user.identity,
    RoleSid: user.roleSid,
    Attributes: user.attributes,
    FriendlyName: user.friendlyName,
  };
}
