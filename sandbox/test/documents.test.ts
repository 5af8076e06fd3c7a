import { expect, test } from 'bun:test';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { TOML, YAML } from 'bun';
import { marked, type Token, type Tokens } from 'marked';
import { server } from '../../bridge/src/config/server.ts';
import { createClientAddresses } from '../../bridge/src/ops/http.ts';

const REPOSITORY = join(import.meta.dir, '../..');
const scan = (pattern: string) =>
  [...new Bun.Glob(pattern).scanSync({ cwd: REPOSITORY, dot: true })].filter(
    (file) => !/(^|\/)(node_modules|\.git)\//.test(file),
  );
const pages = scan('**/*.md').filter((page) => !page.includes('knowledge/sample/'));

const tokensOf = (page: string): Token[] => {
  const found: Token[] = [];
  marked.walkTokens(marked.lexer(readFileSync(page, 'utf8')), (token) => {
    found.push(token);
  });
  return found;
};

/** As GitHub makes the address of a heading out of its words. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (page: string) =>
  new Set(
    tokensOf(page).flatMap((token) =>
      token.type === 'heading' ? [anchorOf((token as Tokens.Heading).text)] : [],
    ),
  );

test.each(pages)('every link inside the project that %s has leads somewhere', (name) => {
  const page = join(REPOSITORY, name);
  const dead = tokensOf(page).flatMap((token) => {
    if (token.type !== 'link' && token.type !== 'image') return [];
    const { href } = token as Tokens.Link | Tokens.Image;
    if (/^[a-z]+:/i.test(href)) return [];
    const [path = '', anchor] = href.split('#', 2);
    const target = path === '' ? page : join(dirname(page), decodeURIComponent(path));
    // Out of the project nothing is there for those who cloned it.
    if (relative(REPOSITORY, target).startsWith('..') || !existsSync(target)) return [href];
    if (anchor && statSync(target).isFile() && !anchorsOf(target).has(anchor)) return [href];
    return [];
  });
  expect(dead).toEqual([]);
});

/** Variables that only tests and scripts of the project read: those who work on it find them in CONTRIBUTING.md. */
test('every variable that only tests and scripts read is described for those who work on the project', () => {
  const described = readFileSync(join(REPOSITORY, 'CONTRIBUTING.md'), 'utf8');
  const read = new Set<string>();
  for (const file of scan('**/*.{ts,tsx}')) {
    const text = readFileSync(join(REPOSITORY, file), 'utf8');
    for (const [, name] of text.matchAll(/process\.env\.(FLEXCORD_\w+|CHROMIUM_PATH)/g))
      read.add(name as string);
  }
  expect([...read].filter((name) => !described.includes(`\`${name}\``)).sort()).toEqual([]);
});

test('every incident of the operating page is named as the bridge names it', () => {
  const code = scan('bridge/src/**/*.ts')
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(REPOSITORY, file), 'utf8'))
    .join('\n');
  const incidents = [
    ...readFileSync(join(REPOSITORY, 'docs/operating.md'), 'utf8').matchAll(/^\| `([^`]+ [^`]+)` \|/gm),
  ].map(([, said]) => said as string);
  expect(incidents.length).toBeGreaterThan(10);
  expect(incidents.filter((said) => !code.includes(said))).toEqual([]);
});

test('what stands before a bridge asks /health, which stays 200 while a cloud is away and webhooks still come', () => {
  for (const name of ['Caddyfile', 'fly.toml']) {
    const text = readFileSync(join(REPOSITORY, 'bridge/deploy', name), 'utf8');
    expect(text).toMatch(/^\s*(health_uri|path =) "?\/health"?$/m);
    expect(text).not.toMatch(/^\s*(health_uri|path =) "?\/ready/m);
  }
});

test('where it is run as the files for it say, limits by address see the client and not the proxy', () => {
  const read = (name: string) => readFileSync(join(REPOSITORY, 'bridge/deploy', name), 'utf8');
  const fly = (TOML.parse(read('fly.toml')) as { env: Record<string, string> }).env;
  const compose = (
    YAML.parse(read('compose.yaml')) as { 'x-bridge': { environment: Record<string, string> } }
  )['x-bridge'].environment;
  const seen = (env: Record<string, string>, peer: string, headers: Record<string, string>) => {
    const trusted = server.TRUSTED_PROXIES.parse(env.TRUSTED_PROXIES ?? '');
    const addresses = createClientAddresses(
      trusted,
      env.CLIENT_ADDRESS_HEADER ?? server.CLIENT_ADDRESS_HEADER.fallback,
    );
    const request = new Request('http://bridge', { headers });
    addresses.note(request, peer);
    return addresses.of(request);
  };
  // As https://fly.io/docs/networking/request-headers/ has it: the last address is the app's; what a client forges stands first.
  const ofFly = { 'x-forwarded-for': '6.6.6.6, 77.97.0.98, 66.241.124.9', 'fly-client-ip': '77.97.0.98' };
  expect(seen(fly, '172.16.4.2', ofFly)).toBe('77.97.0.98');
  expect(seen(fly, 'fdaa:0:1::3', { 'fly-client-ip': '2001:db8:1:2:3::4' })).toBe('2001:db8:1:2::/64');
  expect(seen(fly, '77.97.0.98', { 'fly-client-ip': '6.6.6.6' })).toBe('77.97.0.98');
  expect(seen(compose, '172.18.0.5', { 'x-forwarded-for': '77.97.0.98' })).toBe('77.97.0.98');
});
