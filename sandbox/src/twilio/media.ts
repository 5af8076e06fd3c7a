import { Elysia } from 'elysia';
import { isoSeconds } from './clock.ts';
import { errorResponse, invalid, notFound, TwilioError } from './errors.ts';
import { created, isJsonObject, jsonObject, product } from './http.ts';
import { newSid } from './sids.ts';
import type { Medium, World } from './world.ts';

const MCS_URL = 'https://mcs.us1.twilio.com/v1';

/** Temporary links carry their own permission; everything else needs the account's. */
export const isTemporaryMediaLink = (url: URL): boolean =>
  url.pathname.startsWith('/mcs/v1/') &&
  url.pathname.endsWith('/Content') &&
  url.searchParams.has('Signature');

/** Uploads, metadata and bytes of media. https://www.twilio.com/docs/conversations-classic/api/media-resource */
export function mediaRoutes(world: World) {
  return new Elysia({ prefix: '/mcs/v1/Services/:service/Media' })
    .onError(({ error }) => {
      if (error instanceof TwilioError) return errorResponse(error);
      throw error;
    })
    .onBeforeHandle(({ params }) => {
      if (params.service !== world.serviceSid) throw notFound(`/Services/${params.service}`);
    })
    .post(
      '',
      async ({ request, query }) => {
        const given = await readUpload(request);
        if (given.bytes.byteLength === 0) throw invalid('The media has no content');
        // Unverified: that the file name travels in this query parameter.
        const filename = query.Filename ?? given.filename;
        return created(mediumJson(world, addMedium(world, { ...given, filename })));
      },
      { parse: 'none' },
    )
    .get('/:medium', ({ params }) => mediumJson(world, getMedium(world, params.medium)))
    .get('/:medium/Content', ({ params, query }) => {
      const medium = getMedium(world, params.medium);
      if (query.Signature !== undefined && !isValidLink(world, medium, query)) {
        throw new TwilioError(403, 20403, 'The temporary link has expired');
      }
      return new Response(medium.bytes, { headers: { 'content-type': medium.contentType } });
    });
}

/** Several media in one question, as Twilio's browser SDK asks (mcs-client 0.6); in no document. */
export function mediaSetRoute(world: World) {
  return product('/mcs/v1').post('/Services/:service/MediaSet', ({ call }) => {
    const { list } = jsonObject(call.text, 'body');
    return (Array.isArray(list) ? list.filter(isJsonObject) : []).map(({ media_sid }) => {
      const medium = world.media.get(String(media_sid));
      return medium
        ? { code: 200, media_record: mediumJson(world, medium) }
        : { code: 404, media_record: { sid: media_sid } };
    });
  });
}

/** The file itself, or, as a browser sends it, a form with a file in it. */
async function readUpload(request: Request): Promise<Pick<Medium, 'bytes' | 'filename' | 'contentType'>> {
  const contentType = request.headers.get('content-type') ?? 'application/octet-stream';
  if (contentType.startsWith('multipart/form-data')) {
    const parts: unknown[] = [...(await request.formData()).values()];
    const file = parts.find((part) => part instanceof File);
    if (!file) throw invalid('The form has no file');
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { bytes, filename: file.name, contentType: file.type || 'application/octet-stream' };
  }
  return { bytes: new Uint8Array(await request.arrayBuffer()), filename: null, contentType };
}

export function addMedium(world: World, given: Pick<Medium, 'bytes' | 'filename' | 'contentType'>): Medium {
  const medium = { sid: newSid('ME'), dateCreated: world.clock.now(), ...given };
  world.media.set(medium.sid, medium);
  return medium;
}

function getMedium(world: World, sid: string): Medium {
  const medium = world.media.get(sid);
  if (!medium) throw notFound(`/Services/${world.serviceSid}/Media/${sid}`);
  return medium;
}

function mediumJson(world: World, medium: Medium) {
  const url = `${MCS_URL}/Services/${world.serviceSid}/Media/${medium.sid}`;
  const expires = world.clock.now() + world.limits.mediaLinkSeconds * 1000;
  const link = new URLSearchParams({
    Expires: String(expires),
    Signature: linkSignature(world, medium, expires),
  });
  return {
    sid: medium.sid,
    account_sid: world.credentials.accountSid,
    service_sid: world.serviceSid,
    category: 'media',
    filename: medium.filename,
    size: medium.bytes.byteLength,
    content_type: medium.contentType,
    is_multipart_upstream: false,
    message_sid: null,
    channel_sid: null,
    author: null,
    date_created: isoSeconds(medium.dateCreated),
    date_upload_updated: isoSeconds(medium.dateCreated),
    date_updated: isoSeconds(medium.dateCreated),
    url,
    links: { content: `${url}/Content`, content_direct_temporary: `${url}/Content?${link}` },
  };
}

function linkSignature(world: World, medium: Medium, expires: number): string {
  return new Bun.CryptoHasher('sha256', world.credentials.authToken)
    .update(`${medium.sid}${expires}`)
    .digest('hex');
}

function isValidLink(world: World, medium: Medium, query: Record<string, string | undefined>): boolean {
  const expires = Number(query.Expires);
  return expires > world.clock.now() && query.Signature === linkSignature(world, medium, expires);
}
