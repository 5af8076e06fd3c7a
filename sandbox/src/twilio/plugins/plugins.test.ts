import { afterEach, expect, test } from 'bun:test';
import { loadConformance } from '../../conformance/checker.ts';
import { flexHost } from '../../flex/flexHost.ts';
import { manualClock } from '../clock.ts';
import type { TwilioOptions } from '../index.ts';
import { request, sdkFor, start, stopAll } from '../testing.ts';

afterEach(stopAll);

/** Not text: what is decoded and encoded on the way would differ. */
const bundle = new Uint8Array([0xef, 0xbb, 0xbf, 0x2f, 0x2f, 0xff, 0x00, 0x0d, 0x0a, 0xc3, 0x28]);

/** A service with an environment, as Twilio's CLI makes them for a plugin. */
async function account(options: TwilioOptions = {}) {
  const clock = manualClock();
  const { twilio } = await start({ clock, ...options });
  const { serverless, flexApi } = sdkFor(twilio);
  const { sid } = await serverless.v1.services.create({ uniqueName: 'default', friendlyName: 'Plugins' });
  const service = serverless.v1.services(sid);
  const environment = await service.environments.create({ uniqueName: 'plugin-x', domainSuffix: 'abcde' });
  const deployBuild = (buildSid: string) =>
    service.environments(environment.sid).deployments.create({ buildSid });

  const upload = async (path: string, bytes: Uint8Array<ArrayBuffer>, visibility = 'Protected') => {
    const asset = await service.assets.create({ friendlyName: 'plugin-x' });
    const form = new FormData();
    form.append('Path', path);
    form.append('Visibility', visibility);
    form.append('Content', new Blob([bytes], { type: 'application/javascript' }), 'plugin-x.js');
    const address = `https://serverless-upload.twilio.com/v1/Services/${sid}/Assets/${asset.sid}/Versions`;
    const response = await request(twilio, address, { method: 'POST', body: form });
    return { status: response.status, body: (await response.json()) as { sid: string; message?: string } };
  };
  const deployAsset = async (path: string, bytes: Uint8Array<ArrayBuffer>) => {
    const { body } = await upload(path, bytes);
    const build = await service.builds.create({ assetVersions: [body.sid], runtime: 'latest' });
    expect(build.status).toBe('building');
    clock.advance(1000);
    expect((await service.builds(build.sid).fetch()).status).toBe('completed');
    await deployBuild(build.sid);
    return `https://${environment.domainName}${path}`;
  };
  const register = async (version: string, pluginUrl: string) =>
    flexApi.v1
      .plugins('plugin-x')
      .pluginVersions.create({ versionParam: version, pluginUrl, changelog: 'New' });
  const release = async (versionSid: string) => {
    const configuration = await flexApi.v1.pluginConfigurations.create({
      name: 'one',
      plugins: [{ plugin_version: versionSid, phase: 3 }],
    });
    await flexApi.v1.pluginReleases.create({ configurationId: configuration.sid });
    return flexApi.v1.pluginConfigurations(configuration.sid);
  };
  return { twilio, flexApi, service, deployBuild, upload, deployAsset, register, release };
}

test('Flex loads the bytes of the released version until the next release', async () => {
  const specs = process.env.FLEXCORD_SPECS;
  const conformance = specs ? loadConformance(specs) : undefined;
  const { twilio, flexApi, deployAsset, register, release } = await account({
    onExchange: (exchange) => void conformance?.check(exchange),
  });
  await flexApi.v1.plugins.create({ uniqueName: 'plugin-x', friendlyName: 'X' });
  const first = await register('1.0.0', await deployAsset('/plugins/plugin-x/1.0.0/bundle.js', bundle));
  expect(twilio.releasedPlugins()).toEqual([]);
  const configuration = await release(first.sid);

  expect(await configuration.plugins.list()).toMatchObject([
    { uniqueName: 'plugin-x', version: '1.0.0', pluginVersionSid: first.sid, phase: 3 },
  ]);
  const [plugin] = twilio.releasedPlugins();
  expect(plugin).toMatchObject({ name: 'plugin-x', version: '1.0.0' });
  expect(await plugin?.source.bytes()).toEqual(bundle);

  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const host = await flexHost({ backend: twilio.flexBackend(kim), plugins: twilio.releasedPlugins() });
  try {
    const [entry] = (await (await fetch(`${host.url}/plugins`)).json()) as { version: string; src: string }[];
    expect(entry?.version).toBe('1.0.0');
    expect(await (await fetch(host.url + entry?.src)).bytes()).toEqual(bundle);
  } finally {
    await host.stop();
  }

  // Another build without the first bundle: its URL is no longer served.
  const second = await register('1.1.0', await deployAsset('/plugins/plugin-x/1.1.0/bundle.js', bundle));
  expect(() => twilio.releasedPlugins()).toThrow('plugin-x/1.0.0/bundle.js');
  await release(second.sid);
  expect(twilio.releasedPlugins()).toMatchObject([{ name: 'plugin-x', version: '1.1.0' }]);
  expect((await flexApi.v1.plugins('plugin-x').pluginVersions.list()).map(({ version }) => version)).toEqual([
    '1.1.0',
    '1.0.0',
  ]);
  expect(conformance?.report().violations ?? []).toEqual([]);
});

test('unknown SIDs, taken names and versions, and unfinished builds are refused', async () => {
  const { twilio, flexApi, service, deployBuild, upload, register, release } = await account();
  const { plugins } = flexApi.v1;
  await expect(plugins('plugin-x').fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  await plugins.create({ uniqueName: 'plugin-x' });
  await expect(plugins.create({ uniqueName: 'plugin-x' })).rejects.toMatchObject({ status: 400 });
  await register('1.0.0', 'https://example.com/bundle.js');
  await expect(register('1.0.0', 'https://example.com/bundle.js')).rejects.toMatchObject({ status: 400 });
  await expect(register('1.0.1', 'nowhere')).rejects.toMatchObject({ status: 400 });
  await expect(release(`FV${'0'.repeat(32)}`)).rejects.toMatchObject({ status: 400 });

  const taken = { uniqueName: 'plugin-x', domainSuffix: 'other' };
  await expect(service.environments.create(taken)).rejects.toMatchObject({ status: 400 });
  const { body } = await upload('/a.js', bundle);
  expect(await upload('/a.js', bundle, 'Everyone')).toMatchObject({ status: 400 });
  const build = await service.builds.create({ assetVersions: [body.sid] });
  await expect(deployBuild(build.sid)).rejects.toMatchObject({ status: 400 });
  const twice = service.builds.create({ assetVersions: [body.sid, body.sid] });
  await expect(twice).rejects.toMatchObject({ status: 400 });
  expect([...twilio.unsupportedRequests]).toEqual([]);
});

test('the Flex configuration stores known fields and refuses unknown ones', async () => {
  const { twilio } = await start();
  const write = (body: unknown) =>
    request(twilio, 'https://flex-api.twilio.com/v1/Configuration', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const account_sid = twilio.accountSid;
  const serverless_service_sids = [`ZS${'1'.repeat(32)}`];
  expect((await write({ account_sid, serverless_service_sids })).status).toBe(200);
  const configuration = await sdkFor(twilio).flexApi.v1.configuration().fetch();
  expect(configuration.serverlessServiceSids).toEqual(serverless_service_sids);
  expect((await write({ account_sid: `AC${'0'.repeat(32)}`, serverless_service_sids })).status).toBe(400);
  expect((await write({ account_sid, favourite_color: 'blue' })).status).toBe(400);
});

test('an unsupported request is answered with 404 and recorded', async () => {
  const { twilio } = await start();
  const response = await request(twilio, 'https://serverless.twilio.com/v1/Nothing');
  expect(response.status).toBe(404);
  expect([...twilio.unsupportedRequests]).toEqual(['GET /serverless/v1/Nothing']);
});
