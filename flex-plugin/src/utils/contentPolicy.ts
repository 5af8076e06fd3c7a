/** How long a violation may be told after what was to be loaded has failed, in ms: the order of the two is not promised. */
const GRACE_MS = 500;

/**
 * Whether the content policy of Flex's page forbids what `load` asks of an address, as nothing else tells it from an address
 * that does not answer (https://developer.mozilla.org/en-US/docs/Web/API/SecurityPolicyViolationEvent).
 */
export function isForbidden(
  kind: 'script' | 'img' | 'media',
  address: string,
  load: () => Promise<unknown>,
): Promise<boolean> {
  const { origin } = new URL(address);
  return new Promise((resolve) => {
    const answer = (forbidden: boolean) => {
      document.removeEventListener('securitypolicyviolation', onViolation);
      resolve(forbidden);
    };
    const onViolation = (violation: SecurityPolicyViolationEvent) => {
      const { blockedURI, disposition, effectiveDirective } = violation;
      const isOurs = blockedURI.startsWith(origin) && effectiveDirective.startsWith(`${kind}-src`);
      // A policy that only reports stops nothing.
      if (isOurs && disposition === 'enforce') answer(true);
    };
    document.addEventListener('securitypolicyviolation', onViolation);
    load().then(
      () => answer(false),
      () => setTimeout(answer, GRACE_MS, false),
    );
  });
}

/** Where Twilio keeps the files of conversations; nothing is at this address, which a policy does not look at. */
const MEDIA = 'https://media.us1.twilio.com/flexcord';

/** Whether agents can see pictures and hear audio of conversations in this page. Makes two requests that come to nothing. */
export async function mayShowMedia(): Promise<boolean> {
  const loaded = (element: HTMLImageElement | HTMLAudioElement) => () =>
    new Promise((resolve, reject) => {
      for (const event of ['load', 'loadedmetadata']) element.addEventListener(event, resolve);
      element.addEventListener('error', reject);
      element.src = MEDIA;
    });
  const forbidden = await Promise.all([
    isForbidden('img', MEDIA, loaded(new Image())),
    isForbidden('media', MEDIA, loaded(new Audio())),
  ]);
  return !forbidden.includes(true);
}
