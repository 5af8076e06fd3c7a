import { expect, test } from 'bun:test';
import { supportFlow } from './flow.ts';

const options = {
  publicUrl: 'https://bridge.example/base/',
  secret: 'a"b\\c',
  workflowSid: `WW${'1'.repeat(32)}`,
  taskChannelSid: `TC${'2'.repeat(32)}`,
};

test('asks the bridge below its public URL, whatever slashes that ends with', () => {
  const ask = supportFlow(options).states.find((state) => state.type === 'make-http-request');
  expect(ask?.properties.url).toBe('https://bridge.example/base/twilio/studio/turn');
});

test('refuses an option that Studio would read as a template, and names it', () => {
  expect(() => supportFlow({ ...options, secret: 'x{{y' })).toThrow('secret');
  expect(() => supportFlow({ ...options, publicUrl: 'https://x/{%' })).toThrow('publicUrl');
});

test('keeps the attributes of both hand-overs within the 1,024 characters of the widget', () => {
  for (const state of supportFlow(options).states)
    if (state.type === 'send-to-flex') expect(state.properties.attributes.length).toBeLessThanOrEqual(1024);
});
