import { matching, oneOf, type Setting, urlOrLocal, whole } from './setting.ts';

/** What becomes of messages between members and agents. */
export const messages = {
  FILE_LIMIT_BYTES: {
    about:
      "Largest member's file that is carried to Flex; larger ones are named with a link. Flex shows up to 16 MiB.",
    wants: 'a whole number of bytes from 0 to 157286400',
    fallback: 16 * 1024 * 1024,
    parse: whole(0, 150 * 1024 * 1024),
  } as Setting<number>,
  AGENT_NAME_STYLE: {
    about:
      "How members see which agent writes. prefix: the name before the words. line: in small print above them. none: only the bot's own name.",
    wants: 'prefix, line or none',
    fallback: 'prefix',
    parse: oneOf('prefix', 'line', 'none'),
  } as Setting<'prefix' | 'line' | 'none'>,
  AGENT_LANGUAGE: {
    about:
      'Language of what agents read in Flex from the bridge itself, such as the summary of a conversation or that a message was edited.',
    wants: 'en or ja',
    fallback: 'en',
    parse: oneOf('en', 'ja'),
  } as Setting<'en' | 'ja'>,
  DELETED_MESSAGES: {
    about:
      'What becomes of a message in the transcript when its member deletes it. mark: it is marked and stays readable. erase: words and files are taken away.',
    wants: 'mark or erase',
    fallback: 'mark',
    parse: oneOf('mark', 'erase'),
  } as Setting<'mark' | 'erase'>,
  TRANSCRIPTION_URL: {
    about:
      'Base address of an OpenAI-compatible API that writes down voice messages, such as https://api.openai.com/v1. The recordings of members are sent there. Without it agents hear them only.',
    wants: 'an https address (http only for this machine), or nothing',
    fallback: '',
    parse: urlOrLocal,
  } as Setting<string>,
  TRANSCRIPTION_API_KEY: {
    about: 'Key for that API.',
    wants: 'a key without spaces, or nothing',
    secret: true,
    fallback: '',
    parse: matching(/^\S{1,512}$/),
  } as Setting<string>,
  TRANSCRIPTION_MODEL: {
    about: 'Model that writes them down.',
    wants: '1 to 128 letters, digits, and any of . : / _ -',
    fallback: 'whisper-1',
    parse: matching(/^[\w.:/-]{1,128}$/),
  } as Setting<string>,
};
