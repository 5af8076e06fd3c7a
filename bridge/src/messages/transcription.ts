import { oneLine } from '@flexcord/shared/messages/one-line';
import { truncate } from '@flexcord/shared/messages/truncate';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import type { CanonicalFile, OpenFile } from './canonical.ts';

export interface TranscriptionOptions {
  /** Base address of the API, such as https://api.openai.com/v1. */
  url: string;
  /** Empty where none is needed. */
  key: string;
  model: string;
  openFile: OpenFile;
  logger: Logger;
  /** How long the conversation waits for the words, in milliseconds. Default 20,000. */
  timeoutMs?: number;
}

/** Voice messages are small; a larger file is not read into memory. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;
/** How much of what was said is shown, in characters. */
const MAX_TRANSCRIPT_LENGTH = 4000;

const Answer = Type.Object({ text: Type.String() });

/**
 * What is said in a voice message, by an OpenAI-compatible endpoint
 * (https://platform.openai.com/docs/api-reference/audio/createTranscription). Null, and a line in the log, whenever it
 * cannot be told: nobody's message waits for it twice or fails because of it.
 */
export function createTranscription(options: TranscriptionOptions) {
  const { url, key, model, openFile, logger, timeoutMs = 20_000 } = options;

  async function ask(file: CanonicalFile, signal: AbortSignal): Promise<string> {
    const { body } = await openFile(file);
    const form = new FormData();
    form.set('file', new File([await new Response(body).blob()], file.name, { type: file.contentType }));
    form.set('model', model);
    form.set('response_format', 'json');
    const response = await fetch(`${url}/audio/transcriptions`, {
      method: 'POST',
      body: form,
      headers: key ? { authorization: `Bearer ${key}` } : {},
      signal,
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const answer: unknown = await response.json();
    if (!Value.Check(Answer, answer)) throw new Error('an answer of an unknown shape');
    return answer.text;
  }

  return async (file: CanonicalFile): Promise<string | null> => {
    if (file.size > MAX_FILE_BYTES) return null;
    try {
      // Whatever hangs, be it the file or the answer.
      const answer = await pTimeout(ask(file, AbortSignal.timeout(timeoutMs)), { milliseconds: timeoutMs });
      const words = oneLine(answer);
      return truncate(words, MAX_TRANSCRIPT_LENGTH) || null;
    } catch (err) {
      logger.warn({ err }, 'a voice message was not transcribed');
      return null;
    }
  };
}
