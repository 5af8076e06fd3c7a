import { notFound } from '../errors.ts';
import { newSid } from '../sids.ts';
import type { World } from '../world.ts';
import { firePostEvent } from './hooks.ts';
import { checkAttributes, checkName } from './limits.ts';
import type { Origin, User } from './model.ts';

export interface UserChange {
  friendlyName?: string;
  attributes?: string;
  roleSid?: string;
}

export function findUser(world: World, sidOrIdentity: string): User | undefined {
  return world.users.get(sidOrIdentity) ?? world.users.get(world.userIdentities.get(sidOrIdentity) ?? '');
}

/** By SID or identity; throws 404/20404. */
export function getUser(world: World, sidOrIdentity: string): User {
  const user = findUser(world, sidOrIdentity);
  if (!user) throw notFound(`/Users/${sidOrIdentity}`);
  return user;
}

/** The user of an identity, made on its first use. */
export function ensureUser(world: World, identity: string, change: UserChange = {}): User {
  return findUser(world, identity) ?? createUser(world, identity, change, { kind: 'silent' });
}

export function createUser(world: World, identity: string, change: UserChange, origin: Origin): User {
  const now = world.clock.now();
  const user: User = {
    sid: newSid('US'),
    identity: checkName(world, identity, 'Identity'),
    friendlyName: change.friendlyName ?? identity,
    attributes: checkAttributes(change.attributes || '{}', world.limits.participantAttributesBytes),
    roleSid: change.roleSid ?? world.roleSids.service,
    dateCreated: now,
    dateUpdated: now,
  };
  world.users.set(user.sid, user);
  world.userIdentities.set(user.identity, user.sid);
  firePostEvent(world, undefined, 'onUserAdded', userFields(world, user), origin);
  return user;
}

export function updateUser(world: World, user: User, change: UserChange, origin: Origin): void {
  if (change.attributes) {
    user.attributes = checkAttributes(change.attributes, world.limits.participantAttributesBytes);
  }
  if (change.friendlyName !== undefined)
    user.friendlyName = checkName(world, change.friendlyName, 'FriendlyName');
  if (change.roleSid) user.roleSid = change.roleSid;
  user.dateUpdated = world.clock.now();
  firePostEvent(world, undefined, 'onUserUpdated', userFields(world, user), origin);
}

export function deleteUser(world: World, user: User): void {
  world.users.delete(user.sid);
  world.userIdentities.delete(user.identity);
}

function userFields(world: World, user: User): Record<string, string> {
  return {
    ChatServiceSid: world.serviceSid,
    UserSid: user.sid,
    Identity: user.identity,
    RoleSid: user.roleSid,
    Attributes: user.attributes,
    FriendlyName: user.friendlyName,
  };
}
