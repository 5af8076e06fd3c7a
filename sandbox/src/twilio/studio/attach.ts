import type { Variants } from '../../variants.ts';
import type { Twilio } from '../index.ts';
import { createStudio } from './studio.ts';

/** Gives the stand-in for Twilio its Studio, which runs the flows that are provisioned there. */
export function attachStudio(twilio: Twilio, variants?: Partial<Variants>): void {
  const studio = createStudio({
    effects: twilio.studio,
    accountSid: twilio.accountSid,
    authToken: twilio.authToken,
    variants,
  });
  twilio.attachStudio({
    onMessageAdded: studio.onMessageAdded,
    handle: (request) => studio.routes.handle(request),
  });
}
