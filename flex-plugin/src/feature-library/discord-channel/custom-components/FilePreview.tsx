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

const SHOWN = /^(?:image|audio)\//;

/**
 * Pictures to look at and voice messages to play, under the file that Flex itself shows as a card only. That the content
 * policy of a Flex project lets Twilio's media be shown inside the page is unverified; where it does not, the card is left.
 */
export const FilePreview = ({ conversationSid = '', message }: Props) => {
  const isDiscord = useFlexSelector((state) => isDiscordConversation(conversationSid, state));
  const files = (message?.source?.attachedMedia ?? []).filter(({ contentType }) => SHOWN.test(contentType));
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
  const asked = React.useRef(0);
  const load = React.useCallback(() => {
    asked.current += 1;
    media.getContentTemporaryUrl().then(setUrl, () => undefined);
  }, [media]);
  React.useEffect(load, [load]);
  // A link holds for some minutes only: one that has run out is asked for again, once.
  const again = () => (asked.current < 2 ? load() : setUrl(null));
  if (!url) return null;
  const label = media.filename ?? '';
  return media.contentType.startsWith('image/') ? (
    <img
      src={url}
      alt={label}
      onError={again}
      style={{ display: 'block', maxWidth: '100%', maxHeight: 240 }}
    />
  ) : (
    // biome-ignore lint/a11y/useMediaCaption: the words of a voice message stand in the message itself.
    <audio src={url} controls preload="none" aria-label={label} onError={again} style={{ width: '100%' }} />
  );
};
