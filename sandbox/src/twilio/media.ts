import { Elysia } from 'elysia';
import { isoSeconds } from './clock.ts';
import { codes, errorResponse, invalid, notFound, TwilioError } from './errors.ts';
import { created, isJsonObject, jsonObject, noContent, product } from './http.ts';
import { newSid } from './sids.ts';
import type { MediaFile, TwilioState } from './state.ts';

/** Where temporary links lead. */
const MEDIA_URL = 'https://media.us1.twilio.com';
/** Of CloudFront, which serves them. */
const KEY_PAIR_ID = 'APKAJWF6YVTMIIYOF3AA';

/** Temporary links carry their own permission; everything else needs the account's. */
export const isTemporaryMediaLink = (url: URL): boolean =>
  url.pathname.startsWith('/media/ME') && url.searchParams.has('Signature');

/** Uploads, metadata and bytes of media. https://www.twilio.com/docs/conversations-classic/api/media-resource */
export function mediaRoutes(state: TwilioState) {
  return (
    new Elysia({ prefix: '/mcs/v1/Services/:service/Media' })
      .onError(({ error }) => {
        if (error instanceof TwilioError) return errorResponse(error);
        throw error;
      })
      .onBeforeHandle(({ params }) => {
        if (params.service !== state.serviceSid) throw notFound(`/Services/${params.service}`);
      })
      .post(
        '',
        async ({ request, query }) => {
          const given = await readUpload(request);
          if (given.bytes.byteLength === 0) throw invalid('The media has no content');
          // As Twilio's own client sends it (@twilio/mcs-client 0.6.13).
          const filename = query.Filename ?? given.filename;
          return created(mediumJson(state, addMedium(state, { ...given, filename })));
        },
        { parse: 'none' },
      )
      .get('/:medium', ({ params }) => mediumJson(state, getMedium(state, params.medium)))
      // Unverified: the resource's page names no DELETE.
      .delete('/:medium', ({ params }) => {
        state.media.delete(getMedium(state, params.medium).sid);
        return noContent();
      })
      .get('/:medium/Content', ({ params }) => contentOf(getMedium(state, params.medium)))
  );
}

/** The bytes, for who has a link that has not expired. */
export function temporaryMediaRoute(state: TwilioState) {
  return product('/media').get('/:medium', ({ params, call }) => {
    const medium = getMedium(state, params.medium);
    if (!isValidLink(state, medium, call.query))
      throw new TwilioError(403, codes.forbidden, 'The temporary link has expired');
    return contentOf(medium);
  });
}

const contentOf = ({ bytes, contentType }: MediaFile): Response =>
  new Response(bytes, { headers: { 'content-type': contentType } });

/** Several media in one question, as Twilio's browser SDK asks (mcs-client 0.6); in no document. */
export function mediaSetRoute(state: TwilioState) {
  return product('/mcs/v1').post('/Services/:service/MediaSet', ({ call }) => {
    const { list } = jsonObject(call.text, 'body');
    return (Array.isArray(list) ? list.filter(isJsonObject) : []).map(({ media_sid }) => {
      const medium = state.media.get(String(media_sid));
      return medium
        ? { code: 200, media_record: mediumJson(state, medium) }
        : { code: 404, media_record: { sid: media_sid } };
    });
  });
}

/** The file itself, or, as a browser sends it, a form with a file in it. */
async function readUpload(request: Request): Promise<Pick<MediaFile, 'bytes' | 'filename' | 'contentType'>> {
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

export function addMedium(
  state: TwilioState,
  given: Pick<MediaFile, 'bytes' | 'filename' | 'contentType'>,
): MediaFile {
  const medium = {
    sid: newSid('ME'),
    messageSid: null,
    author: null,
    dateCreated: state.clock.now(),
    ...given,
  };
  state.media.set(medium.sid, medium);
  return medium;
}

function getMedium(state: TwilioState, sid: string): MediaFile {
  const medium = state.media.get(sid);
  if (!medium) throw notFound(`/Services/${state.serviceSid}/Media/${sid}`);
  return medium;
}

/** Links are relative, but for the temporary one. */
function mediumJson(state: TwilioState, medium: MediaFile) {
  const url = `/v1/Services/${state.serviceSid}/Media/${medium.sid}`;
  const expires = Math.ceil(state.clock.now() / 1000) + state.limits.mediaLinkSeconds;
  const link = new URLSearchParams({
    Expires: String(expires),
    Signature: linkSignature(state, medium, expires),
    'Key-Pair-Id': KEY_PAIR_ID,
  });
  return {
    sid: medium.sid,
    account_sid: state.credentials.accountSid,
    service_sid: state.serviceSid,
    category: 'media',
    filename: medium.filename,
    size: medium.bytes.byteLength,
    content_type: medium.contentType,
    is_multipart_upstream: false,
    message_sid: medium.messageSid,
    channel_sid: null,
    author: medium.author,
    date_created: isoSeconds(medium.dateCreated),
    date_upload_updated: isoSeconds(medium.dateCreated),
    date_updated: isoSeconds(medium.dateCreated),
    url,
    links: { content: `${url}/Content`, content_direct_temporary: `${MEDIA_URL}/${medium.sid}?${link}` },
  };
}

function linkSignature(state: TwilioState, medium: MediaFile, expires: number): string {
  return new Bun.CryptoHasher('sha256', state.credentials.authToken)
    .update(`${medium.sid}${expires}`)
    .digest('hex');
}

function isValidLink(state: TwilioState, medium: MediaFile, query: URLSearchParams): boolean {
  const expires = Number(query.get('Expires'));
  return (
    expires * 1000 > state.clock.now() && query.get('Signature') === linkSignature(state, medium, expires)
  );
}
