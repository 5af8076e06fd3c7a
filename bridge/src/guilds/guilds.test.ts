import { expect, test } from 'bun:test';
import { isModerator } from './guilds.ts';

test('counts administrators and holders of the role as moderators', () => {
  const guild = { moderator_role_id: 'r' } as Parameters<typeof isModerator>[0];
  expect(isModerator(guild, { administrator: false, roleIds: ['x', 'r'] })).toBe(true);
  expect(isModerator(guild, { administrator: false, roleIds: ['x'] })).toBe(false);
  expect(isModerator(undefined, { administrator: false, roleIds: ['r'] })).toBe(false);
  expect(isModerator(undefined, { administrator: true, roleIds: [] })).toBe(true);
});
