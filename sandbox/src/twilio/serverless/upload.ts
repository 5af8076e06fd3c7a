import { Elysia } from 'elysia';
import { errorResponse, invalid, TwilioError } from '../errors.ts';
import { created } from '../http.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import { assetVersionJson } from './json.ts';
import type { AssetVersion } from './model.ts';
import { findService, pick } from './routes.ts';

/**
 * The bytes of an asset, as a multipart form, on a host of their own.
 * https://www.twilio.com/docs/serverless/api/resource/asset-version#create-an-asset-version-resource
 */
export function assetUploadRoutes(state: TwilioState) {
  return new Elysia({ prefix: '/serverless-upload/v1' })
    .onError(({ error }) => {
      if (error instanceof TwilioError) return errorResponse(error);
      throw error;
    })
    .post(
      '/Services/:service/Assets/:asset/Versions',
      async ({ request, params }) => {
        const service = findService(state, params.service);
        const asset = pick(service.assets, params.asset);
        const form = await readForm(request);
        const content = form.get('Content');
        if (!(content instanceof Blob)) throw invalid('Content must be a file');
        const path = String(form.get('Path') ?? '');
        if (path === '' || path.length > 255) throw invalid('Path must have from 1 to 255 characters');
        const version: AssetVersion = {
          sid: newSid('ZN'),
          assetSid: asset.sid,
          path: path.startsWith('/') ? path : `/${path}`,
          visibility: visibilityOf(form.get('Visibility')),
          bytes: new Uint8Array(await content.arrayBuffer()),
          contentType: content.type || 'application/octet-stream',
          dateCreated: state.clock.now(),
        };
        service.assetVersions.set(version.sid, version);
        return created(assetVersionJson(state, service, version));
      },
      { parse: 'none' },
    );
}

/** A multipart form. Throws 400/20001 where the body is none. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw invalid('The body is not a multipart form');
  }
}

/** The page writes it in lower case, Twilio's own CLI sends `Protected`. */
function visibilityOf(value: unknown): AssetVersion['visibility'] {
  const visibility = String(value ?? '').toLowerCase();
  if (visibility === 'public' || visibility === 'protected' || visibility === 'private') return visibility;
  throw invalid('Visibility must be public, protected or private');
}
