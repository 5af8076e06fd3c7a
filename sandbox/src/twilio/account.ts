import { notFound } from './errors.ts';
import { product } from './http.ts';
import type { TwilioState } from './state.ts';

/** The account itself, which tools fetch to prove credentials. https://www.twilio.com/docs/iam/api/account */
export function accountFetchRoutes(state: TwilioState) {
  const { accountSid } = state.credentials;
  const created = new Date(state.clock.now()).toUTCString().replace('GMT', '+0000');
  return product('/api/2010-04-01').get('/Accounts/:account', ({ params }) => {
    const sid = params.account.replace(/\.json$/, '');
    if (sid !== accountSid) throw notFound(`/2010-04-01/Accounts/${sid}.json`);
    return {
      sid,
      owner_account_sid: sid,
      friendly_name: 'Sandbox',
      status: 'active',
      type: 'Full',
      auth_token: null,
      date_created: created,
      date_updated: created,
      uri: `/2010-04-01/Accounts/${sid}.json`,
      subresource_uris: {},
    };
  });
}
