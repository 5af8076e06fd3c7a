import { isoSeconds } from '../clock.ts';
import type { TwilioState } from '../state.ts';
import {
  type Asset,
  type AssetVersion,
  BUILD_MS,
  type Build,
  type Environment,
  type Service,
} from './model.ts';

export const SERVERLESS_URL = 'https://serverless.twilio.com/v1';

const serviceUrl = ({ sid }: Service) => `${SERVERLESS_URL}/Services/${sid}`;

const common = (state: TwilioState, service: Service) => ({
  account_sid: state.credentials.accountSid,
  service_sid: service.sid,
});

export function serviceJson(state: TwilioState, service: Service) {
  const url = serviceUrl(service);
  return {
    sid: service.sid,
    account_sid: state.credentials.accountSid,
    friendly_name: service.friendlyName,
    unique_name: service.uniqueName,
    include_credentials: service.includeCredentials,
    ui_editable: service.uiEditable,
    domain_base: service.domainBase,
    date_created: isoSeconds(service.dateCreated),
    date_updated: isoSeconds(service.dateUpdated),
    url,
    links: {
      environments: `${url}/Environments`,
      functions: `${url}/Functions`,
      assets: `${url}/Assets`,
      builds: `${url}/Builds`,
    },
  };
}

export function environmentJson(state: TwilioState, service: Service, environment: Environment) {
  const url = `${serviceUrl(service)}/Environments/${environment.sid}`;
  return {
    ...common(state, service),
    sid: environment.sid,
    build_sid: environment.buildSid,
    unique_name: environment.uniqueName,
    domain_suffix: environment.domainSuffix,
    domain_name: environment.domainName,
    date_created: isoSeconds(environment.dateCreated),
    date_updated: isoSeconds(environment.dateUpdated),
    url,
    links: { variables: `${url}/Variables`, deployments: `${url}/Deployments`, logs: `${url}/Logs` },
  };
}

export function assetJson(state: TwilioState, service: Service, asset: Asset) {
  const url = `${serviceUrl(service)}/Assets/${asset.sid}`;
  return {
    ...common(state, service),
    sid: asset.sid,
    friendly_name: asset.friendlyName,
    date_created: isoSeconds(asset.dateCreated),
    date_updated: isoSeconds(asset.dateCreated),
    url,
    links: { asset_versions: `${url}/Versions` },
  };
}

export function assetVersionJson(state: TwilioState, service: Service, version: AssetVersion) {
  return {
    ...common(state, service),
    sid: version.sid,
    asset_sid: version.assetSid,
    path: version.path,
    visibility: version.visibility,
    date_created: isoSeconds(version.dateCreated),
    url: `${serviceUrl(service)}/Assets/${version.assetSid}/Versions/${version.sid}`,
  };
}

export function buildJson(state: TwilioState, service: Service, build: Build) {
  const url = `${serviceUrl(service)}/Builds/${build.sid}`;
  return {
    ...common(state, service),
    sid: build.sid,
    status: isCompleted(state, build) ? 'completed' : 'building',
    asset_versions: build.assetVersions.map((version) => assetVersionJson(state, service, version)),
    function_versions: [],
    dependencies: [],
    runtime: build.runtime,
    date_created: isoSeconds(build.dateCreated),
    date_updated: isoSeconds(build.dateCreated),
    url,
    links: { build_status: `${url}/Status` },
  };
}

export function isCompleted(state: TwilioState, build: Build): boolean {
  return state.clock.now() - build.dateCreated >= BUILD_MS;
}
