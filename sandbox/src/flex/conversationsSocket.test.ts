import { afterEach, expect, test } from 'bun:test';
import { openConversation, start, stopAll } from '../twilio/testing.ts';
import { serveAgent } from './testing.ts';
import { decodeFrame, encodeFrame } from './twilsock.ts';

afterEach(stopAll);

test('refuses commands that it does not support, so that no client believes them done, and hangs up on other protocols', async () => {
  const { twilio, hooks } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const wire = serveAgent(twilio, kim);
  const sid = await openConversation(twilio, hooks.url);
  const socket = new WebSocket(wire.conversations.twilsock.uri);
  socket.binaryType = 'arraybuffer';
  const frames: ReturnType<typeof decodeFrame>[] = [];
  let arrived = () => {};
  socket.onmessage = ({ data }) => {
    frames.push(decodeFrame(new Uint8Array(data as ArrayBuffer)));
    arrived();
  };
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  const commands = [
    ['PUT', `/Client/v1/Conversations/${sid}`],
    ['POST', `/Client/v1/Conversations/${sid}/Webhooks`],
    ['POST', '/v3/Documents'],
  ] as const;
  for (const [method, path] of commands) {
    const http_request = { host: 'aim.us1.twilio.com', path, method };
    const next = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    socket.send(encodeFrame({ id: path, method: 'message', http_request }, '{}'));
    await next;
    const { header, payload } = frames.at(-1) ?? {};
    expect(header).toMatchObject({ id: path, http_status: { code: 404 } });
    expect(JSON.parse(payload ?? '')).toMatchObject({ status: 404, code: 20404 });
  }
  expect(wire.unknown).toEqual(commands.map(([method, path]) => `${method} ${path}`));
  const closed = new Promise((resolve) => {
    socket.onclose = resolve;
  });
  socket.send('hello');
  await closed;
  await wire.stop();
});
