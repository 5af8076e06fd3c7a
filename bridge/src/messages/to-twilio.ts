import type { CanonicalMessage } from './canonical.ts';
export function toTwilio(message: CanonicalMessage): { part: number; body?: string; attributes: object }[] {
  return [{ part: 0, body: message.text, attributes: { discord: { messageId: message.id } } }];
}
