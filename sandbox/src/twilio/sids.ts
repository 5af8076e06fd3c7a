/** The prefixes of the resources that the stand-in keeps. https://www.twilio.com/docs/glossary/what-is-a-sid */
export type SidPrefix =
  | 'AC'
  | 'SK'
  | 'IS'
  | 'CH'
  | 'MB'
  | 'IM'
  | 'WH'
  | 'US'
  | 'RL'
  | 'ME'
  | 'KD'
  | 'UO'
  | 'UT'
  | 'KG'
  | 'UX'
  | 'GO'
  | 'WS'
  | 'WW'
  | 'WQ'
  | 'WK'
  | 'WA'
  | 'WT'
  | 'WR'
  | 'WC'
  | 'TC'
  | 'EV'
  | 'MG'
  | 'ZS'
  | 'ZE'
  | 'ZB'
  | 'ZD'
  | 'ZH'
  | 'ZN'
  | 'FP'
  | 'FV'
  | 'FJ'
  | 'FK';

/** A new SID: its prefix and 32 hexadecimal digits. */
export function newSid(prefix: SidPrefix): string {
  return prefix + crypto.randomUUID().replaceAll('-', '');
}
