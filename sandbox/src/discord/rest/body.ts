import { DiscordError } from '../errors.ts';
import type { Upload } from '../state/attachments.ts';

/** Reads a JSON or multipart (`payload_json`, `files[n]`) body. https://docs.discord.com/developers/reference#uploading-files */
export async function readBody(request: Request): Promise<{ body: unknown; uploads: Map<string, Upload> }> {
  const uploads = new Map<string, Upload>();
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    const text = await request.text();
    return { body: text ? parse(text) : {}, uploads };
  }
  const form = await request.formData();
  let body: unknown = {};
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (name === 'payload_json') body = parse(typeof value === 'string' ? value : await value.text());
    else if (typeof value === 'string') fields[name] = value;
    else {
      const index = /^files\[(\d+)\]$/.exec(name)?.[1] ?? String(uploads.size);
      uploads.set(index, {
        name: value.name,
        data: new Uint8Array(await value.arrayBuffer()),
        contentType: value.type && value.type !== 'application/octet-stream' ? value.type : undefined,
      });
    }
  }
  return { body: form.has('payload_json') ? body : fields, uploads };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DiscordError(50109);
  }
}
