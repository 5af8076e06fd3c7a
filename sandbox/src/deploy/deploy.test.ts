import { afterEach, expect, test } from 'bun:test';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConformance } from '../conformance/checker.ts';
import { startTwilio } from '../twilio/index.ts';
import { dryRun } from './dry-run.ts';
import { verifyDeployed } from './verify-deployed.ts';

const root = join(import.meta.dir, '../../..');
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flexcord-deploy-test-'));
  folders.push(folder);
  return folder;
}

async function run(command: string[], env: Record<string, string>) {
  // Not in the repository's root, so that its .env is not read.
  const child = Bun.spawn(command, { cwd: scratch(), env, stdout: 'pipe', stderr: 'pipe' });
  const [out, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code: await child.exited, out, errors };
}

const deployForReal = [process.execPath, join(root, 'flex-plugin/deploy/main.ts')];

test('a deployment without credentials names the missing setting', async () => {
  expect(await run(deployForReal, {})).toMatchObject({
    code: 1,
    errors: expect.stringContaining('TWILIO_ACCOUNT_SID is not set'),
  });
  const half = await run(deployForReal, { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}` });
  expect(half).toMatchObject({ code: 1, errors: expect.stringContaining('TWILIO_AUTH_TOKEN is not set') });
  expect((await run([...deployForReal, '--relaese'], {})).code).toBe(2);
});

test('an outdated Node is reported before anything is installed', async () => {
  const folder = scratch();
  const node = join(folder, 'node');
  writeFileSync(node, '#!/bin/sh\necho v18.20.4\n');
  chmodSync(node, 0o755);
  const env = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'x', PATH: folder };
  expect(await run(deployForReal, env)).toMatchObject({
    code: 1,
    errors: expect.stringContaining('needs Node 20 or newer, and here is v18.20.4'),
  });
});

/** Sends requests with each API of Node and prints the results. */
const requestScript = `
  const http = require('node:http'), https = require('node:https'), net = require('node:net'), tls = require('node:tls');
  const authorization = process.env.AUTHORIZATION;
  const headers = { authorization };
  const over = (request) => new Promise((resolve) => {
    request.on('error', ({ message }) => resolve(message));
    request.on('response', (response) => { response.resume(); resolve(response.statusCode); });
  });
  const socket = (opened) => new Promise((resolve) => {
    opened.on('error', ({ message }) => resolve(message));
    opened.on('connect', () => resolve('connected'));
  });
  const url = 'https://flex-api.twilio.com/v1/Configuration';
  (async () => {
    console.log(JSON.stringify({
      redirected: [
        await fetch(url, { headers }).then(({ status }) => status),
        await over(https.get(url, { headers })),
        await over(https.get({ hostname: 'flex-api.twilio.com', path: '/v1/Configuration', headers })),
        await over(http.get(new URL('http://flex-api.twilio.com/v1/Configuration'), { headers })),
      ],
      refused: [
        await fetch('https://flex.invalid/').catch(({ cause }) => cause.message),
        await over(https.get('https://segment.invalid/')),
        await over(http.get({ host: 'twilio.com.invalid', path: '/' })),
        await socket(tls.connect(443, 'tls.invalid')),
        await socket(net.connect({ host: '127.0.0.1', port: 9 })),
      ],
    }));
  })();`;

test.skipIf(!Bun.which('node'))(
  'the CLI can connect only to the sandbox, with every API of Node',
  async () => {
    const twilio = await startTwilio();
    const refusedFile = join(scratch(), 'refused');
    try {
      const { out, errors } = await run(['node', '-e', requestScript], {
        PATH: process.env.PATH ?? '',
        NODE_OPTIONS: `--require ${JSON.stringify(join(import.meta.dir, 'redirect.cjs'))}`,
        FLEXCORD_SANDBOX: twilio.url,
        FLEXCORD_LOCAL_PORTS: new URL(twilio.url).port,
        FLEXCORD_REFUSED: refusedFile,
        AUTHORIZATION: `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}`,
      });
      expect(errors).toBe('');
      const { redirected, refused } = JSON.parse(out) as { redirected: number[]; refused: string[] };
      expect(redirected).toEqual([200, 200, 200, 200]);
      const places = [
        'flex.invalid:443',
        'segment.invalid:443',
        'twilio.com.invalid:80',
        'tls.invalid:443',
        '127.0.0.1:9',
      ];
      expect(refused).toEqual(
        places.map((at) => `${at} is not the sandbox; a dry run reaches nothing else.`),
      );
      expect(readFileSync(refusedFile, 'utf8').trim().split('\n')).toEqual(places);
    } finally {
      await twilio.stop();
    }
  },
);

const wanted = process.env.FLEXCORD_TEST_DEPLOY === '1';
if (!wanted)
  console.warn(
    '\n*** The deployment with Twilio’s CLI is SKIPPED: FLEXCORD_TEST_DEPLOY=1 runs it, which takes a minute. ***\n',
  );

test.skipIf(!wanted)(
  'Twilio’s own CLI deploys the plugin, and Flex loads the same bytes',
  async () => {
    const manifest = join(root, 'flex-plugin/package.json');
    const before = readFileSync(manifest, 'utf8');
    const specs = process.env.FLEXCORD_SPECS;
    const conformance = specs ? loadConformance(specs) : undefined;
    const result = await dryRun((exchange) => void conformance?.check(exchange));
    try {
      const bundle = join(root, 'flex-plugin/build/plugin-flexcord.js');
      expect(Buffer.compare(readFileSync(bundle), await result.plugin.source.bytes())).toBe(0);
      expect(result.plugin.version).toBe((JSON.parse(before) as { version: string }).version);
      await verifyDeployed(result);
      expect(readFileSync(manifest, 'utf8')).toBe(before);
      expect(conformance?.report().violations ?? []).toEqual([]);
    } finally {
      await result.twilio.stop();
    }
  },
  300_000,
);
