import { defaultTexts, languages, type Texts } from '../texts/index.ts';
import { choice, matching, oneOf, setting, urlOrLocal, whole } from './setting.ts';

/** What becomes of messages between members and agents. */
export const messages = {
  FILE_LIMIT_BYTES: setting<number>({
    about:
      "Largest member's file that is carried to Flex; larger ones are named with a link. Flex shows up to 16 MiB.",
    ...whole(0, 150 * 1024 * 1024, 'bytes'),
    fallback: String(16 * 1024 * 1024),
  }),
  AGENT_NAME_STYLE: setting<'prefix' | 'line' | 'none'>({
    about:
      "How members see which agent writes. prefix: the name before the words. line: in small print above them. none: only the bot's own name.",
    ...oneOf('prefix', 'line', 'none'),
    fallback: 'prefix',
  }),
  AGENT_LANGUAGE: setting<Texts>({
    about:
      'Language of what agents read in Flex from the bridge itself, such as the summary of a conversation or that a message was edited.',
    ...choice(Object.fromEntries(languages.map((texts) => [texts.tag, texts]))),
    fallback: defaultTexts.tag,
  }),
  DELETED_MESSAGES: setting<'mark' | 'erase'>({
    about:
      'What becomes of a message in the transcript when its member deletes it. mark: it is marked and stays readable. erase: words and files are taken away.',
    ...oneOf('mark', 'erase'),
    fallback: 'mark',
  }),
  TRANSCRIPTION_URL: setting<string>({
    about:
      'Base address of an OpenAI-compatible API that writes down voice messages, such as https://api.openai.com/v1. The recordings of members are sent there. Without it agents hear them only.',
    wants: 'an https address (http only for this machine), or nothing',
    absent: '',
    parse: urlOrLocal,
  }),
  TRANSCRIPTION_API_KEY: setting<string>({
    about: 'Key for that API.',
    wants: 'a key without spaces, or nothing',
    secret: true,
    absent: '',
    parse: matching(/^\S{1,512}$/),
  }),
  TRANSCRIPTION_MODEL: setting<string>({
    about: 'Model that writes them down.',
    wants: '1 to 128 letters, digits, and any of . : / _ -',
    fallback: 'whisper-1',
    parse: matching(/^[\w.:/-]{1,128}$/),
  }),
};
