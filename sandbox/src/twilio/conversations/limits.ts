import { invalid, TwilioError } from '../errors.ts';
import { jsonObject } from '../http.ts';
import type { TwilioState } from '../state.ts';
import type { Conversation } from './model.ts';

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** Counts a REST write to one conversation against its rate. */
export function takeConversationMutation(state: TwilioState, conversationSid: string): void {
  const { mutationsPerSecond, retryAfterSeconds } = state.limits;
  state.rate.take(`conversation:${conversationSid}`, mutationsPerSecond, retryAfterSeconds);
}

/** Counts a REST creation or deletion of a conversation against the service's rate. */
export function takeServiceMutation(state: TwilioState): void {
  const { mutationsPerSecond, retryAfterSeconds } = state.limits;
  state.rate.take('service', mutationsPerSecond, retryAfterSeconds);
}

/** Attributes must be a JSON object of at most `bytes` bytes. */
export function checkAttributes(attributes: string, bytes: number): string {
  jsonObject(attributes, 'Attributes');
  if (byteLength(attributes) > bytes) throw invalid(`Attributes must not exceed ${bytes / 1024} KB`);
  return attributes;
}

export function checkBody(state: TwilioState, body: string): string {
  if (byteLength(body) > state.limits.bodyBytes) {
    throw invalid(`Body must not exceed ${state.limits.bodyBytes / 1024} KB`);
  }
  return body;
}

export function checkName(state: TwilioState, name: string, parameter: string): string {
  if (name.length > state.limits.nameLength) {
    throw invalid(`${parameter} must not exceed ${state.limits.nameLength} characters`);
  }
  return name;
}

/** A closed conversation is final. https://www.twilio.com/docs/conversations-classic/states-timers */
export function checkOpen(state: TwilioState, conversation: Conversation): void {
  if (conversation.state === 'closed') {
    throw new TwilioError(
      400,
      state.variants.closedConversationCode,
      'Conversation is closed and cannot be modified',
    );
  }
}
