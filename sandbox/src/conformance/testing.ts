import { describe, test } from 'bun:test';
import type { Exchange } from '../core/serve.ts';
import { type Conformance, loadConformance } from './checker.ts';
import type { Violation } from './violation.ts';

/** One exchange in short: what a test cares about, the rest made up. */
export interface Sent {
  service?: 'discord' | 'twilio';
  method?: string;
  url: string;
  form?: [string, string][];
  json?: unknown;
  headers?: Record<string, string>;
  status?: number;
  answer?: unknown;
}

export function exchange(sent: Sent): Exchange {
  const requestHeaders = new Headers(sent.headers);
  let request = '';
  if (sent.form) {
    request = new URLSearchParams(sent.form).toString();
    requestHeaders.set('content-type', 'application/x-www-form-urlencoded');
  }
  if (sent.json !== undefined) {
    request = JSON.stringify(sent.json);
    requestHeaders.set('content-type', 'application/json');
  }
  const answer = sent.answer === undefined ? '' : JSON.stringify(sent.answer);
  return {
    service: sent.service ?? (sent.url.includes('/api/v10') ? 'discord' : 'twilio'),
    method: sent.method ?? 'GET',
    url: sent.url,
    requestHeaders,
    requestBody: new TextEncoder().encode(request),
    status: sent.status ?? 200,
    responseHeaders: new Headers(answer ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    responseBody: new TextEncoder().encode(answer),
  };
}

/** `rule where` of each violation. */
export const brief = (violations: Violation[]) =>
  violations.map(({ rule, where }) => `${rule} ${where}`.trim());

/** A SID's 32 digits. */
export const hex = (digit: string) => digit.repeat(32);

/** Runs tests against the vendors' documents; skips them with a warning where there are none. */
export function describeConformance(name: string, tests: (checker: Conformance) => void): void {
  const folder = process.env.FLEXCORD_SPECS;
  if (folder) {
    describe(name, () => tests(loadConformance(folder)));
    return;
  }
  console.warn(`FLEXCORD_SPECS is not set: ${name} is not checked against the vendor’s document.`);
  test.skip(`${name} (needs FLEXCORD_SPECS, a folder with the vendors’ documents)`, () => {});
}
