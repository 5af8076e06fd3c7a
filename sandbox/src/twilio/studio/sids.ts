/** A SID as Twilio's look: two letters and 32 hexadecimal digits. */
export function newSid(prefix: string): string {
  return prefix + crypto.randomUUID().replaceAll('-', '');
}

/** Now, as Twilio's REST API writes it: whole seconds. */
export function timestamp(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
