/**
 * Twilio's socket protocol as the browser SDKs use it: a line `TWILSOCK V3.0 <header bytes>`, a JSON header, a body.
 * Derived from the twilsock package (0.14); there is no public description.
 */
export interface TwilsockFrame {
  header: TwilsockHeader;
  payload: string;
}

export interface TwilsockHeader {
  id: string;
  method: string;
  http_request?: { host: string; path: string; method: string; params?: Record<string, string> };
  [field: string]: unknown;
}

export function encodeFrame(header: TwilsockHeader, payload = ''): Uint8Array<ArrayBuffer> {
  const full = JSON.stringify({
    ...header,
    payload_size: Buffer.byteLength(payload),
    payload_type: 'application/json',
  });
  return Buffer.from(`TWILSOCK V3.0 ${Buffer.byteLength(full)}\r\n${full}\r\n${payload}`);
}

/** Fails with a SyntaxError on anything that is not such a frame. */
export function decodeFrame(message: string | Uint8Array): TwilsockFrame {
  const bytes = Buffer.from(message as Uint8Array);
  const lineEnd = bytes.indexOf('\r\n');
  const size = Number(bytes.subarray(0, lineEnd).toString().split(' ')[2]);
  if (lineEnd < 0 || !Number.isInteger(size)) throw new SyntaxError('not a Twilsock frame');
  const headerStart = lineEnd + 2;
  const header = JSON.parse(bytes.subarray(headerStart, headerStart + size).toString()) as TwilsockHeader;
  return { header, payload: bytes.subarray(headerStart + size + 2).toString() };
}
