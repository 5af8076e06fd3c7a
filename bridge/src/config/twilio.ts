import { matching, oneOf, setting, sid, url } from './setting.ts';

/** How Twilio is reached, and how conversations are routed there. */
export const twilio = {
  TWILIO_ACCOUNT_SID: setting<string>({
    about: 'Account SID of the Flex project.',
    example: 'AC00000000000000000000000000000000',
    ...sid('AC'),
  }),
  TWILIO_AUTH_TOKEN: setting<string>({
    about: 'Auth token of that account; it signs requests in both directions.',
    wants: '32 hexadecimal digits',
    secret: true,
    parse: matching(/^[0-9a-f]{32}$/),
  }),
  TWILIO_AUTH_TOKEN_PREVIOUS: setting<string>({
    about:
      'Auth token before it was changed: webhooks that are still signed with it are taken as well. Leave it empty once Twilio signs with the new one.',
    wants: '32 hexadecimal digits, or nothing',
    secret: true,
    absent: '',
    parse: matching(/^[0-9a-f]{32}$/),
  }),
  TWILIO_API_KEY: setting<string>({
    about:
      'API key with which requests are made instead of the auth token, which then only checks webhooks and the tokens of agents. Needs TWILIO_API_SECRET.',
    absent: '',
    ...sid('SK'),
  }),
  TWILIO_API_SECRET: setting<string>({
    about: 'Secret of that key.',
    wants: '16 to 128 letters and digits',
    secret: true,
    absent: '',
    parse: matching(/^[A-Za-z0-9]{16,128}$/),
  }),
  TWILIO_REGION: setting<string>({
    about:
      'Region in which Twilio keeps and handles the account, such as ie1; us1 where it is not set. Credentials are of one region each.',
    wants: 'two letters or more and a digit, such as us1, ie1 or au1',
    absent: '',
    parse: matching(/^[a-z]{2,4}\d$/),
  }),
  TWILIO_EDGE: setting<string>({
    about: 'Where requests enter the network of Twilio, such as dublin; Twilio chooses where it is not set.',
    wants: 'small letters and -, such as dublin or sydney',
    absent: '',
    parse: matching(/^[a-z-]{2,32}$/),
  }),
  TWILIO_WORKSPACE_SID: setting<string>({
    about: 'TaskRouter workspace of Flex ("Flex Task Assignment"); `bun run provision` prints it.',
    example: 'WS00000000000000000000000000000000',
    ...sid('WS'),
    wants: 'WS and 32 hexadecimal digits, as bun run provision prints it',
  }),
  TWILIO_WORKFLOW_SID: setting<string>({
    about:
      'TaskRouter workflow that routes Discord tasks; `bun run provision` makes one where this is left empty.',
    example: 'WW00000000000000000000000000000000',
    ...sid('WW'),
    wants: 'WW and 32 hexadecimal digits, as bun run provision prints it',
  }),
  TWILIO_FLEX_INSTANCE_SID: setting<string>({
    about:
      'Flex instance whose interaction webhooks `bun run provision` writes, where the Flex configuration does not name it.',
    absent: '',
    ...sid('GO'),
  }),
  TWILIO_TASK_CHANNEL: setting<string>({
    about:
      'Unique name of the TaskRouter task channel for Discord tasks. Flex renders "chat" without any plugin.',
    wants: 'letters, digits, - and _',
    fallback: 'chat',
    parse: matching(/^[\w-]{1,64}$/),
  }),
  TWILIO_API_URL: setting<string>({
    about:
      'Sends every Twilio request to this address instead of https://<product>.twilio.com, the product as first path segment; for the sandbox.',
    wants: 'an http or https address, or nothing',
    absent: '',
    parse: url('https:', 'http:'),
  }),
  FLEX_ROUTING: setting<'studio' | 'bridge'>({
    about:
      'studio: a Studio flow asks the bridge what to do with each message and sends to Flex. bridge: no Studio, the bridge creates the Interaction itself.',
    ...oneOf('studio', 'bridge'),
    fallback: 'studio',
  }),
  TWILIO_STUDIO_FLOW_SID: setting<string>({
    about:
      'Studio flow that new conversations are attached to; needed when FLEX_ROUTING is studio. `bun run provision` makes it.',
    absent: '',
    ...sid('FW'),
    wants: 'FW and 32 hexadecimal digits, as bun run provision prints it',
  }),
  STUDIO_SECRET: setting<string>({
    about: 'Shared secret that the Studio flow sends with its question; needed when FLEX_ROUTING is studio.',
    wants: '16 to 128 letters, digits, - and _',
    secret: true,
    absent: '',
    parse: matching(/^[\w-]{16,128}$/),
  }),
  STUDIO_SECRET_PREVIOUS: setting<string>({
    about:
      'That secret before it was changed, taken as well; leave it empty once `bun run provision` has written the new one into the flow and executions of the old one are over.',
    wants: '16 to 128 letters, digits, - and _, or nothing',
    secret: true,
    absent: '',
    parse: matching(/^[\w-]{16,128}$/),
  }),
};
