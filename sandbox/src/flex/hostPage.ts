import { TWILIO_PATH } from './agentWire.ts';

export interface HostPageOptions {
  accountSid: string;
  identity: string;
  flexUserSid: string;
  token: string;
  /** ISO 8601. */
  tokenExpiresAt: string;
  roles: string[];
}

/**
 * The page that runs Flex. Flex logs out where the page could leak its token to others, hence the referrer policy. A shim over fetch, XHR and WebSocket sends everything meant for *.twilio.com to the page's
 * own origin; Flex has no setting for its hosts.
 */
export function hostPage(options: HostPageOptions): string {
  const json = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Flex</title>
<style>html,body{height:100%;margin:0}#container{height:100vh;display:flex}#container>*{flex:1}
#loading{align-self:center;text-align:center;font:16px sans-serif;color:#606b85}</style></head>
<body><div id="container"><p id="loading">Twilio Flex…</p></div>
<script>
(${shim.toString()})(${json(TWILIO_PATH)});
(${logIn.toString()})(${json(options)});
</script>
<script src="/flex-host.js"></script>
<script>
(${start.toString()})(${json(options)});
</script></body></html>`;
}

// The three functions below run in the browser; they are shipped as text and must not use anything of this module.

function shim(prefix: string): void {
  const local = (input: string, scheme: 'http' | 'ws') => {
    const url = new URL(input, location.href);
    if (!/(^|\.)twilio\.com$/.test(url.hostname)) return input;
    const origin = scheme === 'ws' ? location.origin.replace(/^http/, 'ws') : location.origin;
    return origin + prefix + url.hostname + url.pathname + url.search;
  };
  const originalFetch = window.fetch.bind(window);
  window.fetch = ((input: RequestInfo | URL, init?: RequestInit) =>
    input instanceof Request
      ? originalFetch(new Request(local(input.url, 'http'), input), init)
      : originalFetch(local(String(input), 'http'), init)) as typeof fetch;
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (
    this: XMLHttpRequest,
    method: string,
    url: string | URL,
    async?: boolean,
    user?: string | null,
    password?: string | null,
  ) {
    open.call(this, method, local(String(url), 'http'), async ?? true, user, password);
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(local(String(url), 'ws'), protocols);
    }
  };
}

function logIn(options: HostPageOptions): void {
  // What Flex's own log-in leaves in the address when it comes back.
  if (new URLSearchParams(location.search).has('Token')) return;
  const query = new URLSearchParams(location.search);
  const left = {
    Identity: options.identity,
    Expiration: options.tokenExpiresAt,
    Token: options.token,
    Roles: options.roles.join(','),
    flexUserSid: options.flexUserSid,
  };
  for (const [name, value] of Object.entries(left)) query.set(name, value);
  history.replaceState(null, '', `${location.pathname}?${query}`);
}

function start(options: HostPageOptions): void {
  const flex = (
    window as unknown as { Twilio: { Flex: { runDefault(config: unknown, at: string): Promise<void> } } }
  ).Twilio.Flex;
  const config = {
    pluginService: { enabled: true, url: `${location.origin}/plugins` },
    disableTelemetry: true,
    disableBrowserVoice: true,
    sso: { accountSid: options.accountSid },
    serviceBaseUrl: location.origin,
  };
  Object.assign(window, { appConfig: config });
  flex.runDefault(config, '#container').catch((error) => console.error('Flex did not start', error));
}
