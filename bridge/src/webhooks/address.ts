import { isLoopbackHost } from '../net/addresses.ts';

/** Addresses joined by commas; undefined where one is no https address, or no http one of this machine. */
export function parseWebhookUrls(raw: string): string[] | undefined {
  const urls = raw.split(',').map((part) => part.trim());
  const good = urls.every((part) => {
    const url = URL.parse(part);
    return url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)));
  });
  return good && new Set(urls).size === urls.length ? urls : undefined;
}
