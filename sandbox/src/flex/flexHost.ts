import { type Served, serve } from '../core/serve.ts';
import { agentWire, type WireData } from './agentWire.ts';
import type { FlexBackend } from './backend.ts';
import { flexHostBundle } from './hostBundle.ts';
import { hostPage } from './hostPage.ts';

export interface FlexHostOptions {
  backend: FlexBackend;
  /** What the agent's Flex loads: this folder's build, or what was deployed to the sandbox's Twilio. */
  plugins: FlexPlugin[];
  /** `ui_attributes` of the Flex configuration; the plugin reads `flexcord` in it. */
  uiAttributes?: Record<string, unknown>;
  /** 0, the default, takes a free port. */
  port?: number;
  /** What the agent's browser carries to the bridge; default a token that only looks like one. */
  token?: string;
  /** Flex roles of who is logged in; default `agent` alone. */
  roles?: string[];
  /** Called with each request of Flex that nothing here answers, so that a missing feature is noticed. */
  onUnknown?: (what: string) => void;
}

export interface FlexPlugin {
  /** The package's name. */
  name: string;
  version: string;
  /** The bundle that the plugin scripts built. */
  source: Blob;
}

/** Milliseconds the agent's log-in is valid. */
const SESSION_MS = 24 * 60 * 60 * 1000;

/**
 * Serves the real Flex UI, logged in as the backend's worker, at the returned `url`. Fails where the Flex package is not
 * installed. The first call of a Flex version takes some seconds, see `flexHostBundle`.
 */
export async function flexHost(options: FlexHostOptions): Promise<Served> {
  const { backend, plugins, roles = ['agent'] } = options;
  const bundle = Bun.file(await flexHostBundle());
  const tokenExpiresAt = new Date(Date.now() + SESSION_MS).toISOString();
  const flexUserSid = `FU${'0'.repeat(32)}`;
  const wire = agentWire({
    backend,
    uiAttributes: options.uiAttributes ?? {},
    flexUserSid,
    tokenExpiresAt,
    roles,
    onUnknown: options.onUnknown ?? (() => undefined),
  });
  const page = hostPage({
    accountSid: backend.account.accountSid,
    identity: backend.worker().identity,
    flexUserSid,
    token: options.token ?? unsignedToken(backend),
    tokenExpiresAt,
    roles,
  });

  const served = serve<WireData>({
    service: 'flex',
    port: options.port,
    handle: async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/flex-host.js')
        return new Response(bundle, { headers: { 'content-type': 'text/javascript' } });
      if (pathname === '/plugins') return Response.json(plugins.map(pluginEntry));
      const plugin = plugins.find((one) => pathname === pluginPath(one));
      if (plugin) return new Response(plugin.source, { headers: { 'content-type': 'text/javascript' } });
      const answer = await wire.handle(request);
      if (answer) return answer;
      // Flex routes in the browser: every other path is the same page.
      if (!pathname.includes('.')) return new Response(page, { headers: { 'content-type': 'text/html' } });
      return new Response('not found', { status: 404 });
    },
    upgrade: wire.upgrade,
    websocket: wire.websocket,
  });
  return {
    ...served,
    async stop() {
      await served.stop();
      wire.close();
    },
  };
}

/** As Twilio's CLI names a bundle's place. */
const pluginPath = ({ name, version }: FlexPlugin) => `/plugins/${name}/${version}/bundle.js`;

function pluginEntry(plugin: FlexPlugin) {
  const { name, version } = plugin;
  return { name, version, class: name, requires: [], src: pluginPath(plugin), phase: 3, enabled: true };
}

/** A token with the shape of Flex's own: the page reads its expiry, the signature is not checked. */
function unsignedToken(backend: FlexBackend): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [
    part({ alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' }),
    part({
      iss: `SK${'0'.repeat(32)}`,
      sub: backend.account.accountSid,
      exp: Math.floor((Date.now() + SESSION_MS) / 1000),
      grants: { identity: backend.worker().identity },
    }),
    'sandbox',
  ].join('.');
}
