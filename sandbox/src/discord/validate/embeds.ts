import type { Form } from './form.ts';

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export function checkEmbeds(body: Form): void {
  const embeds = body.list('embeds', { max: 10 });
  let total = 0;
  const count = (form: Form | undefined, key: string, max: number, required = false) => {
    const text = form?.string(key, { max, required });
    total += text?.length ?? 0;
    return text;
  };
  for (const embed of embeds) {
    const title = count(embed, 'title', 256);
    const description = count(embed, 'description', 4096);
    const fields = embed.list('fields', { max: 25 });
    for (const field of fields) {
      count(field, 'name', 256, true);
      count(field, 'value', 1024, true);
      for (const key of ['name', 'value']) {
        if (field.value[key] === '') field.fail(key, 'BASE_TYPE_REQUIRED', 'This field is required');
      }
    }
    const footer = embed.object('footer');
    count(footer, 'text', 2048, true);
    const author = embed.object('author');
    count(author, 'name', 256, true);
    embed.integer('color', { min: 0, max: 0xffffff });
    checkUrl(embed, 'url');
    checkUrl(author, 'url');
    checkUrl(author, 'icon_url', true);
    checkUrl(footer, 'icon_url', true);
    checkUrl(embed.object('image'), 'url', true);
    checkUrl(embed.object('thumbnail'), 'url', true);
    const stamp = embed.string('timestamp');
    if (stamp && Number.isNaN(Date.parse(stamp))) {
      embed.fail('timestamp', 'DATE_TIME_TYPE_PARSE', `Could not parse ${stamp}. Should be ISO8601.`);
    }
    const empty =
      !title &&
      !description &&
      fields.length === 0 &&
      !footer &&
      !author &&
      !embed.has('image') &&
      !embed.has('thumbnail');
    if (empty) embed.fail('description', 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  if (total > 6000) {
    body.fail('embeds', 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
  }
}

/** Notes an error unless the field is absent, an http(s) URL, or, where allowed, an `attachment://` reference. */
export function checkUrl(form: Form | undefined, key: string, attachmentAllowed = false): void {
  const url = form?.string(key, { max: 2048 });
  if (!form || !url) return;
  if (attachmentAllowed && url.startsWith('attachment://')) return;
  if (!/^[a-z+]+:\/\//i.test(url) || !URL.canParse(url)) {
    form.fail(key, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
  } else if (!/^https?:/i.test(url)) {
    form.fail(
      key,
      'URL_TYPE_INVALID_SCHEME',
      `Scheme "${url.split(':')[0]}" is not supported. Scheme must be one of ('http', 'https').`,
    );
  }
}
