import { LRUCache } from 'lru-cache';
import type { Twilio } from '../client.ts';
import { readFlexAccount } from '../provisioning/flex-account.ts';
import { webAttachments } from '../provisioning/flex-configuration.ts';

/** How long an answer counts, in milliseconds: an operator who provisions sees it soon. */
const MAX_AGE_MS = 5 * 60_000;

/**
 * Whether agents can open a file of this name: Flex refuses those whose extension the account's `channel_configs` do not
 * have (`DownloadFileInvalidType` in @twilio/flex-ui 2.17.1). True where that is not known.
 */
export function createFlexAttachments({ twilio, instanceSid }: { twilio: Twilio; instanceSid: string }) {
  const known = new LRUCache<'web', { opens(extension: string): boolean }>({
    max: 1,
    ttl: MAX_AGE_MS,
    async fetchMethod() {
      const found = webAttachments(await readFlexAccount(twilio, instanceSid));
      return { opens: (extension) => !found || (found.enabled && found.extensions.includes(extension)) };
    },
  });

  return async (name: string): Promise<boolean> => {
    const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
    if (!extension) return true;
    // A file must not wait for what only says how it is shown.
    const answer = await known.fetch('web').catch(() => undefined);
    return answer?.opens(extension) ?? true;
  };
}
