import { useFlexSelector } from '@twilio/flex-ui';
import * as React from 'react';

import { isDiscordConversation } from '../utils/discordConversation.ts';

/** What the Conversations SDK knows of a file (https://sdk.twilio.com/js/conversations/latest/docs/classes/Media.html). */
interface Media {
  sid: string;
  contentType: string;
  filename: string | null;
  getContentTemporaryUrl(): Promise<string | null>;
}

interface Props {
  conversationSid?: string;
  message?: { source?: { attachedMedia?: Media[] | null } };
}

const PREVIEWED_TYPES = /^(?:image|audio)\//;

/**
 * Shows images and plays voice messages, which Flex itself lists as files only. That the content
 * policy of a Flex project allows Twilio's media in the page is unverified; where it does not, Flex's file entry remains.
 */
export const FilePreview = ({ conversationSid = '', message }: Props) => {
  const isDiscord = useFlexSelector((state) => isDiscordConversation(conversationSid, state));
  const files = (message?.source?.attachedMedia ?? []).filter(({ contentType }) =>
    PREVIEWED_TYPES.test(contentType),
  );
  if (!isDiscord) return null;
  return (
    <>
      {files.map((media) => (
        <Preview key={media.sid} media={media} />
      ))}
    </>
  );
};

const Preview = ({ media }: { media: Media }) => {
  const [url, setUrl] = React.useState<string | null>(null);
  const attempts = React.useRef(0);
  const load = React.useCallback(() => {
    attempts.current += 1;
    media.getContentTemporaryUrl().then(setUrl, () => undefined);
  }, [media]);
  React.useEffect(load, [load]);
  // The URL expires after some minutes; it is fetched retry, once.
  const retry = () => (attempts.current < 2 ? load() : setUrl(null));
  if (!url) return null;
  const label = media.filename ?? '';
  return media.contentType.startsWith('image/') ? (
    <img
      src={url}
      alt={label}
      onError={retry}
      style={{ display: 'block', maxWidth: '100%', maxHeight: 240 }}
    />
  ) : (
    // biome-ignore lint/a11y/useMediaCaption: the transcript of a voice message is in the message itself.
    <audio src={url} controls preload="none" aria-label={label} onError={retry} style={{ width: '100%' }} />
  );
};
