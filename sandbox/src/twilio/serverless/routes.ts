import { isoSeconds } from '../clock.ts';
import { invalid, notFound } from '../errors.ts';
import { created, optional, optionalBoolean, product, required } from '../http.ts';
import { paged } from '../paging.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import { assetJson, buildJson, environmentJson, isCompleted, SERVERLESS_URL, serviceJson } from './json.ts';
import type { Service } from './model.ts';

/**
 * Services, environments, assets, builds and deployments; functions are left out, Flex plugins have none.
 * https://www.twilio.com/docs/serverless/api
 */
export function serverlessRoutes(state: TwilioState) {
  const now = () => state.clock.now();
  const service = (id: string) => findService(state, id);
  const list = (of: Service, what: string) => `${SERVERLESS_URL}/Services/${of.sid}/${what}`;

  return product('/serverless/v1/Services')
    .get('', ({ call }) =>
      paged(call, 'services', `${SERVERLESS_URL}/Services`, [...state.services.values()], (one) =>
        serviceJson(state, one),
      ),
    )
    .post('', ({ call }) => {
      const uniqueName = required(call.form, 'UniqueName');
      if ([...state.services.values()].some((one) => one.uniqueName === uniqueName))
        throw invalid(`A service with the UniqueName ${uniqueName} exists already`);
      const made: Service = {
        sid: newSid('ZS'),
        uniqueName,
        friendlyName: required(call.form, 'FriendlyName'),
        includeCredentials: optionalBoolean(call.form, 'IncludeCredentials') ?? true,
        uiEditable: optionalBoolean(call.form, 'UiEditable') ?? false,
        domainBase: `${uniqueName}-${Math.floor(1000 + Math.random() * 9000)}`,
        dateCreated: now(),
        dateUpdated: now(),
        environments: new Map(),
        assets: new Map(),
        assetVersions: new Map(),
        builds: new Map(),
      };
      state.services.set(made.sid, made);
      return created(serviceJson(state, made));
    })
    .get('/:service', ({ params }) => serviceJson(state, service(params.service)))
    .post('/:service', ({ params, call }) => {
      const changed = service(params.service);
      changed.friendlyName = optional(call.form, 'FriendlyName') ?? changed.friendlyName;
      changed.includeCredentials =
        optionalBoolean(call.form, 'IncludeCredentials') ?? changed.includeCredentials;
      changed.uiEditable = optionalBoolean(call.form, 'UiEditable') ?? changed.uiEditable;
      changed.dateUpdated = now();
      return serviceJson(state, changed);
    })

    .get('/:service/Environments', ({ params, call }) => {
      const of = service(params.service);
      return paged(call, 'environments', list(of, 'Environments'), [...of.environments.values()], (one) =>
        environmentJson(state, of, one),
      );
    })
    .post('/:service/Environments', ({ params, call }) => {
      const of = service(params.service);
      const uniqueName = required(call.form, 'UniqueName');
      const domainSuffix = optional(call.form, 'DomainSuffix') || null;
      for (const one of of.environments.values())
        if (one.uniqueName === uniqueName || one.domainSuffix === domainSuffix)
          throw invalid(`The environment ${one.uniqueName} has that UniqueName or DomainSuffix already`);
      const made = {
        sid: newSid('ZE'),
        uniqueName,
        domainSuffix,
        domainName: `${[of.domainBase, domainSuffix].filter(Boolean).join('-')}.twil.io`,
        buildSid: null,
        dateCreated: now(),
        dateUpdated: now(),
      };
      of.environments.set(made.sid, made);
      return created(environmentJson(state, of, made));
    })
    .get('/:service/Environments/:sid', ({ params }) => {
      const of = service(params.service);
      return environmentJson(state, of, pick(of.environments, params.sid));
    })
    .post('/:service/Environments/:sid/Deployments', ({ params, call }) => {
      const of = service(params.service);
      const environment = pick(of.environments, params.sid);
      const build = pick(of.builds, required(call.form, 'BuildSid'));
      if (!isCompleted(state, build)) throw invalid(`The build ${build.sid} is not completed yet`);
      environment.buildSid = build.sid;
      environment.dateUpdated = now();
      const sid = newSid('ZD');
      const date = isoSeconds(now());
      return created({
        sid,
        account_sid: state.credentials.accountSid,
        service_sid: of.sid,
        environment_sid: environment.sid,
        build_sid: build.sid,
        date_created: date,
        date_updated: date,
        url: `${list(of, 'Environments')}/${environment.sid}/Deployments/${sid}`,
      });
    })

    .post('/:service/Assets', ({ params, call }) => {
      const of = service(params.service);
      const friendlyName = required(call.form, 'FriendlyName');
      const made = { sid: newSid('ZH'), friendlyName, dateCreated: now() };
      of.assets.set(made.sid, made);
      return created(assetJson(state, of, made));
    })

    .post('/:service/Builds', ({ params, call }) => {
      const of = service(params.service);
      if (call.form.has('FunctionVersions')) throw invalid('The stand-in has no functions');
      const assetVersions = call.form.getAll('AssetVersions').map((sid) => pick(of.assetVersions, sid));
      const paths = assetVersions.map(({ path }) => path);
      const twice = paths.find((path, index) => paths.indexOf(path) !== index);
      if (twice) throw invalid(`Two asset versions have the path ${twice}`);
      const runtime = optional(call.form, 'Runtime') ?? 'latest';
      const made = { sid: newSid('ZB'), assetVersions, runtime, dateCreated: now() };
      of.builds.set(made.sid, made);
      return created(buildJson(state, of, made));
    })
    .get('/:service/Builds/:sid', ({ params }) => {
      const of = service(params.service);
      return buildJson(state, of, pick(of.builds, params.sid));
    });
}

/** A service by its SID or its unique name. Throws 404/20404. */
export function findService(state: TwilioState, id: string): Service {
  for (const service of state.services.values())
    if (service.sid === id || service.uniqueName === id) return service;
  throw notFound(`/Services/${id}`);
}

export function pick<One>(all: Map<string, One>, sid: string): One {
  const one = all.get(sid);
  if (!one) throw notFound(`/${sid}`);
  return one;
}
