import type { SpeakerAttributes } from '@flexcord/shared/public-thread';
import { QueryClientProvider } from '@tanstack/react-query';
import * as React from 'react';

import { selectSpeaker } from '../../../hooks/speakers.ts';
import { queryClient } from '../../../utils/bridge/queryClient.ts';
import { recordOf } from '../../../utils/parseSettings.ts';
import { speakerIn, withoutName } from '../../../utils/speaker.ts';
import { usePluginFile } from '../../../view-loader/usePluginFile.ts';
import { type Media, MessageFile } from './MessageFile.tsx';

interface Props {
  conversationSid?: string;
  message?: {
    source?: {
      author?: string | null;
      body?: string | null;
      attributes?: unknown;
      attachedMedia?: Media[] | null;
    };
  };
}

/** What a message of a Discord conversation says, in the place of Flex's own rendering, and its files. */
export const MessageBody = ({ conversationSid = '', message }: Props) => {
  const { author, body, attributes, attachedMedia } = message?.source ?? {};
  const files = attachedMedia ?? [];
  const speaker = speakerIn(attributes);
  const words = speaker && body ? withoutName(body, speaker.name) : body;
  const isHidden = recordOf(recordOf(attributes).discord).spoiler === true;
  return (
    <QueryClientProvider client={queryClient}>
      {speaker ? <Speaker speaker={speaker} conversationSid={conversationSid} /> : null}
      {body ? (
        <div
          dir="auto"
          data-testid="message-body"
          style={{ overflowWrap: 'anywhere', fontSize: 14, lineHeight: '20px' }}
        >
          <MessageWords
            body={hasLayout(attributes) ? body : (words ?? '')}
            attributes={recordOf(attributes)}
            byMember={isMember(author)}
          />
        </div>
      ) : null}
      {files.map((media) => (
        <MessageFile key={media.sid} media={media} conversationSid={conversationSid} isHidden={isHidden} />
      ))}
    </QueryClientProvider>
  );
};

const isMember = (author: string | null | undefined) => author?.startsWith('discord_') ?? false;

/** Who speaks in public; only the name until the desk's file is there. */
const Speaker = ({ speaker, conversationSid }: { speaker: SpeakerAttributes; conversationSid: string }) => {
  const SpeakerName = usePluginFile('desk').data?.SpeakerName;
  return SpeakerName ? (
    <SpeakerName speaker={speaker} onSelect={(chosen) => selectSpeaker(conversationSid, chosen)} />
  ) : (
    <strong>{speaker.name}</strong>
  );
};

/** The bridge says where the words are, so that their place in the body must not change. */
const hasLayout = (attributes: unknown) => recordOf(recordOf(attributes).discord).layout !== undefined;

/** Plain text until the desk's file is there, and where the bridge does not answer. */
const MessageWords = (props: { body: string; attributes: Record<string, unknown>; byMember: boolean }) => {
  const DiscordMessage = usePluginFile('desk').data?.DiscordMessage;
  return DiscordMessage ? (
    <PlainOnError key={props.body} body={props.body}>
      <DiscordMessage {...props} />
    </PlainOnError>
  ) : (
    <Plain>{props.body}</Plain>
  );
};

const Plain: React.FC = ({ children }) => <div style={{ whiteSpace: 'pre-wrap' }}>{children}</div>;

/** A text that cannot be rendered is shown as it is. */
class PlainOnError extends React.Component<{ body: string }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Plain>{this.props.body}</Plain> : this.props.children;
  }
}
