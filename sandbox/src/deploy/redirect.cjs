/**
 * Loaded into every Node process of Twilio's CLI (`NODE_OPTIONS=--require`): what is meant for a host of Twilio goes to
 * the sandbox, and no socket opens to anything else. FLEXCORD_SANDBOX is the address of the sandbox's Twilio,
 * FLEXCORD_LOCAL_PORTS (with commas) what may be reached on 127.0.0.1, FLEXCORD_REFUSED a file that collects what was not.
 */
const { appendFileSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const sandbox = new URL(process.env.FLEXCORD_SANDBOX);
const localPorts = new Set(process.env.FLEXCORD_LOCAL_PORTS.split(','));
const refusedFile = process.env.FLEXCORD_REFUSED;

const isTwilio = (host) => /\.twilio\.com$/.test(host);

/** `/v1/Plugins` of flex-api.twilio.com is `/flex-api/v1/Plugins` of the sandbox. */
const sandboxPath = (host, path) => `/${host.split('.')[0]}${path}`;

const original = { request: http.request, httpsRequest: https.request, fetch: globalThis.fetch };

/** The three forms of Node's `request`: (url, options, callback), (url, callback), (options, callback). */
function readArguments(first, second, third) {
  if (typeof first !== 'string' && !(first instanceof URL))
    return { options: { ...first }, callback: second };
  const { protocol, hostname, port, pathname, search, username, password } = new URL(first);
  const auth = username ? `${decodeURIComponent(username)}:${decodeURIComponent(password)}` : undefined;
  const options = { protocol, hostname, port, path: pathname + search, auth };
  return typeof second === 'function'
    ? { options, callback: second }
    : { options: { ...options, ...second }, callback: third };
}

function redirecting(request) {
  return (...args) => {
    const { options, callback } = readArguments(...args);
    const host = options.hostname ?? String(options.host ?? '').replace(/:\d+$/, '');
    if (!isTwilio(host)) return request(...args);
    const headers = Object.entries(options.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'host');
    return original.request(
      {
        ...options,
        protocol: sandbox.protocol,
        host: undefined,
        hostname: sandbox.hostname,
        port: sandbox.port,
        path: sandboxPath(host, options.path ?? '/'),
        headers: Object.fromEntries(headers),
        // An agent for TLS would refuse plain HTTP, and one that keeps connections meets some that the sandbox has closed.
        agent: false,
        agents: undefined,
      },
      callback,
    );
  };
}

http.request = redirecting(original.request);
https.request = redirecting(original.httpsRequest);
for (const module of [http, https]) {
  module.get = (...args) => {
    const request = module.request(...args);
    request.end();
    return request;
  };
}

globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  const { hostname, pathname, search } = new URL(request.url);
  if (!isTwilio(hostname)) return original.fetch(request);
  return original.fetch(new Request(new URL(sandboxPath(hostname, pathname + search), sandbox), request));
};

// Below every protocol, so that no API of Node can bypass it: fetch, HTTP/2 and TLS all open their sockets here.
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const given = typeof first === 'object' ? first : { port: first, host: second };
  const isPipe = (typeof first === 'string' && !/^\d+$/.test(first)) || (given.path && !given.port);
  const host = typeof given.host === 'string' ? given.host : 'localhost';
  const isAllowed = host === '127.0.0.1' && localPorts.has(String(given.port));
  if (isPipe || isAllowed) return connect.apply(this, args);
  appendFileSync(refusedFile, `${host}:${given.port}\n`);
  process.nextTick(() =>
    this.destroy(new Error(`${host}:${given.port} is not the sandbox; a dry run reaches nothing else.`)),
  );
  return this;
};

syncBuiltinESMExports();
