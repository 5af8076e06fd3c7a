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
  TWILIO_WORKSPACE_SID: setting<string>({
    about: 'TaskRouter workspace of Flex ("Flex Task Assignment").',
    example: 'WS00000000000000000000000000000000',
    ...sid('WS'),
  }),
  TWILIO_WORKFLOW_SID: setting<string>({
    about: 'TaskRouter workflow that routes Discord tasks.',
    example: 'WW00000000000000000000000000000000',
    ...sid('WW'),
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
  }),
  STUDIO_SECRET: setting<string>({
    about: 'Shared secret that the Studio flow sends with its question; needed when FLEX_ROUTING is studio.',
    wants: '16 to 128 letters, digits, - and _',
    secret: true,
    absent: '',
    parse: matching(/^[\w-]{16,128}$/),
  }),
};
