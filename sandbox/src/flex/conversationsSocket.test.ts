import { afterEach, expect, test } from 'bun:test';
import { openConversation, openInteraction, start, stopAll } from '../twilio/testing.ts';
import { conversationsSocket } from './conversationsSocket.ts';
import { decodeFrame, encodeFrame } from './twilsock.ts';

afterEach(stopAll);

/** An agent in a chat, and what the Conversations SDK of their browser asks. */
async function open() {
  const { twilio, hooks, sdk } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const sid = await openConversation(twilio, hooks.url);
  await openInteraction(twilio, sid);
  const task = await kim.accept(await kim.waitForReservation());
  const frames: Uint8Array[] = [];
  const unknown: string[] = [];
  const socket = conversationsSocket({
    backend: twilio.flexBackend(kim),
    send: (frame) => void frames.push(frame),
    onUnknown: (what) => void unknown.push(what),
  });
  /** The status and the body of the answer to a request over the socket. */
  const ask = (method: string, path: string, body: unknown = {}) => {
    const id = `TM${crypto.randomUUID()}`;
    const http_request = { host: 'aim.us1.twilio.com', path, method };
    socket.receive(encodeFrame({ id, method: 'message', http_request }, JSON.stringify(body)));
    const reply = frames.map(decodeFrame).find(({ header }) => header.id === id);
    if (!reply) throw new Error(`no answer to ${method} ${path}`);
    const { code } = reply.header.http_status as { code: number };
    return { status: code, body: JSON.parse(reply.payload) };
  };
  return { twilio, sdk, kim, task, sid, ask, unknown };
}

test('refuses what Twilio refuses, and goes on', async () => {
  const { kim, task, sid, ask } = await open();
  const messages = `/Client/v1/Conversations/${sid}/Messages`;
  expect(ask('POST', messages, { body: 'x'.repeat(32 * 1024 + 1) })).toMatchObject({
    status: 400,
    body: { code: 20001 },
  });
  expect(ask('POST', messages, { body: 'short' })).toMatchObject({ status: 200, body: { body: 'short' } });
  kim.endChat(task);
  expect(ask('POST', messages, { body: 'too late' })).toMatchObject({ status: 400, body: { code: 50438 } });
});

test('refuses commands that it does not support, so that no client believes them done', async () => {
  const { sid, ask, unknown } = await open();
  const room = `/Client/v1/Conversations/${sid}`;
  const commands = [
    ['POST', `${room}/Messages/IM1`],
    ['DELETE', `${room}/Messages/IM1`],
    ['POST', room],
    ['POST', `${room}/Participants`],
  ] as const;
  for (const [method, path] of commands) {
    expect(ask(method, path)).toMatchObject({ status: 404, body: { status: 404, code: 20404 } });
  }
  expect(unknown).toEqual(commands.map(([method, path]) => `${method} ${path}`));
});
