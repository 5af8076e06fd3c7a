/** A Serverless service with all it holds. https://www.twilio.com/docs/serverless/api */
export interface Service {
  sid: string;
  uniqueName: string;
  friendlyName: string;
  includeCredentials: boolean;
  uiEditable: boolean;
  /** First part of the host of each environment. */
  domainBase: string;
  dateCreated: number;
  dateUpdated: number;
  environments: Map<string, Environment>;
  assets: Map<string, Asset>;
  /** Versions of all assets. */
  assetVersions: Map<string, AssetVersion>;
  builds: Map<string, Build>;
}

export interface Environment {
  sid: string;
  uniqueName: string;
  domainSuffix: string | null;
  domainName: string;
  /** What the environment serves; null before the first deployment. */
  buildSid: string | null;
  dateCreated: number;
  dateUpdated: number;
}

export interface Asset {
  sid: string;
  friendlyName: string;
  dateCreated: number;
}

export interface AssetVersion {
  sid: string;
  assetSid: string;
  /** Begins with a slash. */
  path: string;
  visibility: 'public' | 'protected' | 'private';
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
  dateCreated: number;
}

export interface Build {
  sid: string;
  assetVersions: AssetVersion[];
  runtime: string;
  dateCreated: number;
}

/** Milliseconds a build is under way. Twilio takes some seconds; clients must poll either way. */
export const BUILD_MS = 100;
