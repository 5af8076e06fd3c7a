import { TWILIO_PATH } from './agentWire.ts';

// A thread of its own: the SDK takes its globals for a browser's, and its hosts have no setting.

declare const self: Worker;

/** What the thread is started with. */
export interface FlexSdkStart {
  /** Where the agent's wire is served. */
  origin: string;
  token: string;
  workspaceSid: string;
  taskRouter: { ebServer: string; wsServer: string };
}

/** An action of the SDK by its name, and what it is made with. */
export interface FlexSdkCall {
  id: number;
  action: string;
  args: unknown[];
}

export interface FlexSdkAnswer {
  id: number;
  /** What of the result can be copied. */
  result?: unknown;
  /** The error's message. */
  error?: string;
}

/** A reservation has reached the SDK. */
export interface FlexSdkOffer {
  /** The task's SID. */
  offered: string;
}

interface Sdk {
  createClient(token: string, options: object): Promise<{ execute(action: object): Promise<unknown> }>;
  [action: string]: unknown;
}

let client: ReturnType<Sdk['createClient']> | undefined;
let sdk: Sdk;

self.onmessage = async ({ data }: MessageEvent<FlexSdkStart | FlexSdkCall>) => {
  if (!('id' in data)) {
    client = start(data);
    return;
  }
  const { id, action, args } = data;
  try {
    const running = await client;
    const result = await running?.execute(new (sdk[action] as new (...args: unknown[]) => object)(...args));
    self.postMessage({ id, result: copyOf(result) } satisfies FlexSdkAnswer);
  } catch (error) {
    self.postMessage({
      id,
      error: error instanceof Error ? error.message : String(error),
    } satisfies FlexSdkAnswer);
  }
};

async function start({ origin, token, workspaceSid, taskRouter }: FlexSdkStart) {
  const local = (input: string) => {
    const url = new URL(input);
    if (!url.hostname.endsWith('.twilio.com')) return input;
    const base = url.protocol.startsWith('ws') ? origin.replace('http', 'ws') : origin;
    return base + TWILIO_PATH + url.hostname + url.pathname + url.search;
  };
  const realFetch = globalThis.fetch;
  const RealSocket = globalThis.WebSocket;
  Object.assign(globalThis, {
    window: globalThis,
    fetch: (input: string | URL, init?: RequestInit) => realFetch(local(String(input)), init),
    WebSocket: class extends RealSocket {
      constructor(url: string | URL) {
        super(local(String(url)));
      }
    },
  });
  sdk = require('@twilio/flex-sdk') as Sdk;
  const { Supervisor, Workspace } = require('@twilio/flex-sdk/taskrouter');
  const worker = new Supervisor(token, taskRouter);
  worker.on('reservationCreated', ({ task }: { task: { sid: string } }) =>
    self.postMessage({ offered: task.sid } satisfies FlexSdkOffer),
  );
  await new Promise((resolve) => worker.once('ready', resolve));
  return sdk.createClient(token, {
    worker,
    workspace: new Workspace(token, taskRouter, workspaceSid),
    telemetryOptions: { enabled: false },
    logger: { level: 'SILENT' },
  });
}

/** Results are live objects that refer to their client: only what is plain in them, two levels deep, is passed on. */
function copyOf(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (value instanceof Date) return value.toISOString();
  if (depth > 2) return undefined;
  if (Array.isArray(value)) return value.map((one) => copyOf(one, depth + 1));
  const names = [...Object.keys(value), 'sid', 'status', 'attributes', 'items', 'friendlyName', 'identity'];
  return Object.fromEntries(
    names
      .filter((name) => !name.startsWith('_'))
      .map((name) => [name, copyOf((value as Record<string, unknown>)[name], depth + 1)])
      .filter(([, one]) => one !== undefined),
  );
}
