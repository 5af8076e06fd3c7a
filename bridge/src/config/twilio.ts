import { matching, oneOf, type Setting, sid, url } from './setting.ts';

/** How Twilio is reached, and how conversations are routed there. */
export const twilio = {
  TWILIO_ACCOUNT_SID: {
    about: 'Account SID of the Flex project.',
    wants: 'AC and 32 hexadecimal digits',
    example: 'AC00000000000000000000000000000000',
    parse: sid('AC'),
  } as Setting<string>,
  TWILIO_AUTH_TOKEN: {
    about: 'Auth token of that account; it signs requests in both directions.',
    wants: '32 hexadecimal digits',
    secret: true,
    parse: matching(/^[0-9a-f]{32}$/),
  } as Setting<string>,
  TWILIO_WORKSPACE_SID: {
    about: 'TaskRouter workspace of Flex ("Flex Task Assignment").',
    wants: 'WS and 32 hexadecimal digits',
    example: 'WS00000000000000000000000000000000',
    parse: sid('WS'),
  } as Setting<string>,
  TWILIO_WORKFLOW_SID: {
    about: 'TaskRouter workflow that routes Discord tasks.',
    wants: 'WW and 32 hexadecimal digits',
    example: 'WW00000000000000000000000000000000',
    parse: sid('WW'),
  } as Setting<string>,
  TWILIO_TASK_CHANNEL: {
    about:
      'Unique name of the TaskRouter task channel for Discord tasks. Flex renders "chat" without any plugin.',
    wants: 'letters, digits, - and _',
    fallback: 'chat',
    parse: matching(/^[\w-]{1,64}$/),
  } as Setting<string>,
  TWILIO_API_URL: {
    about:
      'Sends every Twilio request to this address instead of https://<product>.twilio.com, the product as first path segment; for the sandbox.',
    wants: 'an http or https address, or nothing',
    fallback: '',
    parse: url('https:', 'http:'),
  } as Setting<string>,
  FLEX_ROUTING: {
    about:
      'studio: a Studio flow asks the bridge what to do with each message and sends to Flex. bridge: no Studio, the bridge creates the Interaction itself.',
    wants: 'studio or bridge',
    fallback: 'studio',
    parse: oneOf('studio', 'bridge'),
  } as Setting<'studio' | 'bridge'>,
  TWILIO_STUDIO_FLOW_SID: {
    about:
      'Studio flow that new conversations are attached to; needed when FLEX_ROUTING is studio. `bun run provision` makes it.',
    wants: 'FW and 32 hexadecimal digits',
    fallback: '',
    parse: sid('FW'),
  } as Setting<string>,
  STUDIO_SECRET: {
    about: 'Shared secret that the Studio flow sends with its question; needed when FLEX_ROUTING is studio.',
    wants: '16 to 128 letters, digits, - and _',
    secret: true,
    fallback: '',
    parse: matching(/^[\w-]{16,128}$/),
  } as Setting<string>,
};
