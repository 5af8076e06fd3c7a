import { serve } from '../core/serve.ts';
import type { Agent, Twilio } from '../twilio/index.ts';
import { agentWire, TWILIO_PATH, type WireData } from './agentWire.ts';

/** What one agent's clients speak to, without Flex around it. */
export function serveAgent(twilio: Pick<Twilio, 'flexBackend'>, agent: Agent) {
  const unknown: string[] = [];
  const wire = agentWire({
    backend: twilio.flexBackend(agent),
    uiAttributes: {},
    flexUserSid: `FU${'0'.repeat(32)}`,
    tokenExpiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    roles: agent.roles,
    onUnknown: (what) => void unknown.push(what),
  });
  const sockets = new Set<{ terminate(): void }>();
  const served = serve<WireData>({
    service: 'agent',
    handle: async (request) => (await wire.handle(request)) ?? new Response(null, { status: 404 }),
    upgrade: wire.upgrade,
    websocket: {
      ...wire.websocket,
      open(socket) {
        sockets.add(socket);
        wire.websocket.open?.(socket);
      },
      close(socket, code, reason) {
        sockets.delete(socket);
        wire.websocket.close?.(socket, code, reason);
      },
    },
  });
  const http = `${served.url}${TWILIO_PATH}`;
  const ws = http.replace(/^http/, 'ws');
  return {
    /** Options of `@twilio/conversations`. */
    conversations: {
      twilsock: { uri: `${ws}tsock.us1.twilio.com/v3/wsconnect` },
      retryPolicy: { min: 10, max: 50, randomness: 0 },
    },
    /** Options of `twilio-taskrouter`. */
    taskRouter: {
      ebServer: `${http}event-bridge.twilio.com/v1/wschannels`,
      wsServer: `${ws}event-bridge.twilio.com/v1/wschannels`,
      logLevel: 'silent' as const,
    },
    /** Devices to which the agent's messages would be pushed. */
    push: wire.push,
    /** Requests that nothing answered. */
    unknown,
    /** Cuts every connection, as a lost network does. */
    cut() {
      for (const socket of sockets) socket.terminate();
    },
    async stop() {
      await served.stop();
      wire.close();
    },
  };
}
