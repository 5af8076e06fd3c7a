import { expect, test } from 'bun:test';

import { isDiscordTask, memberIdOf, memberNameOf } from './discordTask.ts';

const address = 'discord_123456789012345678';

test('a Discord task is known by its address, its channel type or its task channel', () => {
  expect(isDiscordTask({ attributes: { customerAddress: address } })).toBe(true);
  expect(isDiscordTask({ attributes: { channelType: 'discord' } })).toBe(true);
  expect(isDiscordTask({ taskChannelUniqueName: 'discord', attributes: {} })).toBe(true);
  expect(isDiscordTask({ taskChannelUniqueName: 'community' }, 'community')).toBe(true);
});

test('any other task is none, however odd its attributes', () => {
  for (const attributes of [undefined, null, 'text', {}, { customerAddress: 'sip:discord_1' }]) {
    expect(isDiscordTask({ taskChannelUniqueName: 'chat', attributes })).toBe(false);
  }
  expect(isDiscordTask(undefined)).toBe(false);
});

test('the member is the id in the address, and nothing where it is not an id', () => {
  expect(memberIdOf({ attributes: { customerAddress: address } })).toBe('123456789012345678');
  expect(memberIdOf({ attributes: { customerAddress: 'discord_../../x' } })).toBeUndefined();
  expect(memberIdOf({})).toBeUndefined();
});

test('the name is the best one the task has', () => {
  expect(memberNameOf({ attributes: { customerName: 'Ada', from: 'x' } })).toBe('Ada');
  expect(memberNameOf({ attributes: { from: 'x' } })).toBe('x');
  expect(memberNameOf({})).toBe('Discord');
});
