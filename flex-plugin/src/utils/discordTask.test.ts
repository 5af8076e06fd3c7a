import { expect, test } from 'bun:test';

import { isDiscordTask, matterOf, memberIdOf, memberNameOf } from './discordTask.ts';

const address = 'discord_123456789012345678';

test('recognizes a Discord task by its address, its channel type or its task channel', () => {
  expect(isDiscordTask({ attributes: { customerAddress: address } })).toBe(true);
  expect(isDiscordTask({ attributes: { channelType: 'discord' } })).toBe(true);
  // Flex has written over the type, or took the sender for everything.
  expect(isDiscordTask({ attributes: { channelType: 'web', channel: 'discord' } })).toBe(true);
  expect(isDiscordTask({ attributes: { channelType: 'web', from: address } })).toBe(true);
  expect(isDiscordTask({ taskChannelUniqueName: 'discord', attributes: {} })).toBe(true);
  expect(isDiscordTask({ taskChannelUniqueName: 'community' }, 'community')).toBe(true);
});

test('does not take any other task for a Discord one, whatever its attributes are', () => {
  for (const attributes of [undefined, null, 'text', {}, { customerAddress: 'sip:discord_1' }]) {
    expect(isDiscordTask({ taskChannelUniqueName: 'chat', attributes })).toBe(false);
  }
  expect(isDiscordTask(undefined)).toBe(false);
});

test('reads the member’s id from the address, and nothing where it is not an id', () => {
  expect(memberIdOf({ attributes: { customerAddress: address } })).toBe('123456789012345678');
  expect(memberIdOf({ attributes: { customerAddress: '', from: address } })).toBe('123456789012345678');
  expect(memberIdOf({ attributes: { customerAddress: 'discord_../../x' } })).toBeUndefined();
  expect(memberIdOf({})).toBeUndefined();
  const inPublic = {
    customerAddress: 'discord_thread_900000000000000001',
    discordThread: { authorId: '123456789012345678' },
  };
  expect(memberIdOf({ attributes: inPublic })).toBe('123456789012345678');
});

test('prefers the customer’s name over the sender, and never takes the address for a name', () => {
  expect(memberNameOf({ attributes: { customerName: 'Ada', from: 'x' } })).toBe('Ada');
  expect(memberNameOf({ attributes: { from: 'x', name: address } })).toBe('x');
  expect(memberNameOf({ attributes: { customerName: address, from: address } })).toBeUndefined();
  expect(memberNameOf({})).toBeUndefined();
});

test('says what the member wants, without what was tried', () => {
  const summary = 'I cannot log in · 2 articles shown · calm';
  expect(matterOf({ attributes: { summary } })).toBe('I cannot log in');
  expect(matterOf({})).toBe('');
});
