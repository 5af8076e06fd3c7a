import { Actions } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';
import { createPortal } from 'react-dom';

import { Dismissable } from '../../../components/Dismissable.tsx';
import { text } from '../../../utils/strings.ts';

/** What the Conversations SDK knows of a file (https://sdk.twilio.com/js/conversations/latest/docs/classes/Media.html). */
export interface Media {
  sid: string;
  contentType: string;
  filename: string | null;
  /** Bytes. */
  size: number;
  getContentTemporaryUrl(): Promise<string | null>;
}

interface Props {
  media: Media;
  conversationSid: string;
  /** Its sender hid it: it is shown to those who ask for it. */
  isHidden: boolean;
}

/** A bubble is as wide as what is in it; in one of no width a player shows nothing but its menu. */
const AUDIO = { display: 'block', width: 280, maxWidth: '100%' };

/**
 * A file of a message: a picture that opens in place, a voice message that plays, anything else by its name. Where
 * the content policy of a Flex project keeps Twilio's media out of the page, the name remains, and Operations says so.
 */
export const MessageFile = ({ media, conversationSid, isHidden }: Props) => {
  const { contentType } = media;
  const name = media.filename || contentType;
  const { url, failed, retry } = useTemporaryUrl(media);
  const [isShown, show] = React.useState(!isHidden);
  if (!isShown) {
    return (
      <FileButton label={text('FlexcordHiddenFile', { name })} onClick={() => show(true)}>
        {text('FlexcordHiddenFile', { name })}
      </FileButton>
    );
  }
  if (url && !failed && contentType.startsWith('image/'))
    return <Picture url={url} name={name} onError={retry} />;
  if (url && !failed && contentType.startsWith('audio/')) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: the transcript of a voice message is in the message itself.
      <audio src={url} controls preload="none" aria-label={name} onError={retry} style={AUDIO} />
    );
  }
  // Flex says itself why it does not open a file.
  const open = () =>
    void Actions.invokeAction('DownloadMedia', { media, conversationSid }).catch(() => undefined);
  return (
    // What is read aloud has all that is seen in it.
    <FileButton label={text('FlexcordOpenFile', { name: `${name} ${size(media.size)}` })} onClick={open}>
      <span style={{ textDecoration: 'underline' }}>{name}</span>{' '}
      <span style={{ opacity: 0.8 }}>{size(media.size)}</span>
    </FileButton>
  );
};

const size = (bytes: number) =>
  bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`;

/** The address of a file's content, which expires after some minutes; it is fetched again, once. */
function useTemporaryUrl(media: Media) {
  const [url, setUrl] = React.useState<string | null>(null);
  const [failed, setFailed] = React.useState(false);
  const attempts = React.useRef(0);
  const isPreviewed = /^(?:image|audio)\//.test(media.contentType);
  const load = React.useCallback(() => {
    attempts.current += 1;
    media.getContentTemporaryUrl().then(setUrl, () => setFailed(true));
  }, [media]);
  React.useEffect(() => {
    if (isPreviewed) load();
  }, [isPreviewed, load]);
  return { url, failed, retry: () => (attempts.current < 2 ? load() : setFailed(true)) };
}

/** Takes the colours of the bubble that it stands in, in which Flex's own link would not be readable. */
const FileButton: React.FC<{ label: string; onClick: () => void }> = ({ label, onClick, children }) => (
  <Box
    as="button"
    type="button"
    className="flexcord-file"
    aria-label={label}
    onClick={onClick}
    appearance="none"
    backgroundColor="transparent"
    color="inherit"
    fontFamily="inherit"
    fontSize="fontSize30"
    lineHeight="lineHeight20"
    textAlign="start"
    cursor="pointer"
    padding="space30"
    borderRadius="borderRadius20"
    overflowWrap="anywhere"
    _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
    style={{ border: '1px solid currentColor' }}
  >
    {children}
  </Box>
);

const Picture = ({ url, name, onError }: { url: string; name: string; onError: () => void }) => {
  const [isOpen, setOpen] = React.useState(false);
  const opener = React.useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        onClick={() => setOpen(true)}
        style={{ display: 'block', border: 0, padding: 0, background: 'none', cursor: 'zoom-in' }}
      >
        <img
          src={url}
          alt={name}
          onError={onError}
          style={{ display: 'block', maxWidth: '100%', maxHeight: 240, borderRadius: 4 }}
        />
      </button>
      {isOpen ? createPortal(<Lightbox url={url} name={name} onClose={close} />, document.body) : null}
    </>
  );
};

/** A picture over the page; a click, the Escape key or the button closes it. */
const Lightbox = ({ url, name, onClose }: { url: string; name: string; onClose: () => void }) => {
  const button = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => button.current?.focus(), []);
  return (
    <Dismissable onDismiss={onClose}>
      <div
        role="dialog"
        aria-modal="true"
        aria-label={name}
        style={{
          position: 'fixed',
          inset: 0,
          zIndex: 10_000,
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'center',
          background: 'rgba(0, 0, 0, 0.85)',
        }}
      >
        <button
          ref={button}
          type="button"
          aria-label={text('FlexcordClose')}
          onClick={onClose}
          // The whole surface closes the picture; nothing else can be reached by keyboard.
          style={{ border: 0, padding: 32, background: 'none', cursor: 'zoom-out', maxHeight: '100%' }}
        >
          <img src={url} alt={name} style={{ maxWidth: '92vw', maxHeight: '88vh', objectFit: 'contain' }} />
        </button>
      </div>
    </Dismissable>
  );
};
