import { expect, test } from 'bun:test';
import type { PanelEvent } from '@flexcord/shared/panel/events';

import { activityAfter, type VisibleActivity } from './activity.ts';

const sid = 'CH1';
const does = (activity: VisibleActivity['activity'], conversationSid = sid): PanelEvent => ({
  type: 'activity',
  conversationSid,
  memberName: 'Ada',
  activity,
});
const wrote = (conversationSid = sid): PanelEvent => ({ type: 'suggestions-changed', conversationSid });

test('shows the latest activity of its conversation: typing for ten seconds, leaving until further notice', () => {
  const typing = activityAfter(null, does('typing'), sid, 1000);
  expect(typing).toEqual({ activity: 'typing', memberName: 'Ada', until: 11_000 });
  expect(activityAfter(typing, does('edited'), sid, 2000)?.activity).toBe('edited');
  expect(activityAfter(typing, does('left-server'), sid, 2000)?.until).toBe(Number.POSITIVE_INFINITY);
  expect(activityAfter(typing, does('deleted', 'CH2'), sid, 2000)).toBe(typing);
});

test('ends typing and left-server when a message arrives, and keeps any other activity', () => {
  const after = (activity: VisibleActivity['activity'], conversationSid?: string) =>
    activityAfter(activityAfter(null, does(activity), sid, 0), wrote(conversationSid), sid, 1)?.activity;
  expect(after('typing')).toBeUndefined();
  expect(after('left-server')).toBeUndefined();
  expect(after('edited')).toBe('edited');
  expect(after('typing', 'CH2')).toBe('typing');
});
