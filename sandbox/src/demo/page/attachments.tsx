import type { APIAttachment, APIPoll } from 'discord-api-types/v10';
import { useRef, useState } from 'react';
import { useClient } from './client.ts';
import { Icon } from './icon.tsx';
import { Spoiler } from './markdown.tsx';

export function Attachment({ file, isVoice }: { file: APIAttachment; isVoice: boolean }) {
  const { strings } = useClient();
  const { filename: name, url, content_type: type = '', description, size } = file;
  if (isVoice) return <VoiceMessage file={file} />;
  const shown = type.startsWith('image/') ? (
    <a href={url} target="_blank" rel="noreferrer" aria-label={strings.openPicture(description ?? name)}>
      <Picture url={url} alt={description ?? name} />
    </a>
  ) : type.startsWith('audio/') ? (
    // biome-ignore lint/a11y/useMediaCaption: a member's recording has no captions.
    <audio className="attachment" controls src={url} aria-label={name} />
  ) : type.startsWith('video/') ? (
    // biome-ignore lint/a11y/useMediaCaption: a member's recording has no captions.
    <video className="attachment" controls src={url} aria-label={name} />
  ) : (
    <a className="file" href={url} target="_blank" rel="noreferrer">
      <Icon is="file" />
      <span>
        {file.title ?? name}
        <small>{sizeText(size)}</small>
      </span>
    </a>
  );
  return name.startsWith('SPOILER_') ? <Spoiler>{shown}</Spoiler> : shown;
}

export const Picture = ({ url, alt }: { url: string; alt: string }) => (
  <img className="attachment" src={url} alt={alt} />
);

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Bars of the waveform, 0 to 255 each, that Discord keeps as base64. */
const bars = (waveform: string | undefined) =>
  [...atob(waveform ?? '')].map((letter) => letter.charCodeAt(0)).slice(0, 48);

function VoiceMessage({ file }: { file: APIAttachment }) {
  const { strings } = useClient();
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const seconds = Math.round(file.duration_secs ?? 0);
  return (
    <fieldset className="voice" aria-label={strings.voiceMessage}>
      <button
        type="button"
        aria-label={isPlaying ? strings.pause : strings.play}
        onClick={() => (isPlaying ? audio.current?.pause() : audio.current?.play())}
      >
        <Icon is={isPlaying ? 'pause' : 'play'} />
      </button>
      <span className="wave" aria-hidden="true">
        {bars(file.waveform).map((height, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars never change places.
          <i key={index} style={{ height: `${15 + (height / 255) * 85}%` }} />
        ))}
      </span>
      <span className="length">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
      </span>
      {/* biome-ignore lint/a11y/useMediaCaption: a member's voice message has no captions. */}
      <audio
        ref={audio}
        src={file.url}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
      />
    </fieldset>
  );
}

export function Poll({ poll }: { poll: APIPoll }) {
  const { strings } = useClient();
  return (
    <section className="card poll" aria-label={strings.pollVotes}>
      <strong>{poll.question.text}</strong>
      <ul>
        {poll.answers.map(({ answer_id, poll_media }) => (
          <li key={answer_id}>{poll_media.text}</li>
        ))}
      </ul>
      <small>{strings.pollIsShownOnly}</small>
    </section>
  );
}
