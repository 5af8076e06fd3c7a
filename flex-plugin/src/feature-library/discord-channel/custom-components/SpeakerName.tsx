import { truncate } from '@flexcord/shared/messages/truncate';
import * as React from 'react';

import type { SpeakerNameProps } from '../../../types/desk.ts';
import { text } from '../../../utils/strings.ts';

const SIZE = 20;

const STYLE = `
.flexcord-speaker{appearance:none;border:0;padding:2px 4px;margin:0 0 2px -4px;background:none;color:inherit;font:inherit;font-weight:600;font-size:13px;line-height:20px;cursor:pointer;display:inline-flex;align-items:center;gap:6px;max-width:100%;text-align:start;border-radius:4px;min-height:24px}
.flexcord-speaker:hover{text-decoration:underline}
.flexcord-speaker:focus-visible{outline:2px solid currentColor}`;

/** Who speaks, over their words in a public thread; pressed, the panel tells of them. */
export const SpeakerName = ({ speaker, onSelect }: SpeakerNameProps) => {
  const { name, avatar } = speaker;
  const [failed, setFailed] = React.useState(false);
  return (
    <div>
      <style>{STYLE}</style>
      <button
        type="button"
        className="flexcord-speaker"
        title={text('FlexcordSpeakerShow', { name })}
        onClick={() => onSelect(speaker)}
      >
        {avatar && !failed ? (
          <img
            src={avatar}
            alt=""
            width={SIZE}
            height={SIZE}
            style={{ borderRadius: '50%' }}
            onError={() => setFailed(true)}
          />
        ) : (
          <span aria-hidden="true" style={LETTER}>
            {truncate(name, 1, { unit: 'characters' }).toUpperCase()}
          </span>
        )}
        <bdi style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{name}</bdi>
      </button>
    </div>
  );
};

/** In the place of a picture. */
const LETTER: React.CSSProperties = {
  flexShrink: 0,
  width: SIZE,
  height: SIZE,
  borderRadius: '50%',
  display: 'inline-flex',
  alignItems: 'center',
  justifyContent: 'center',
  fontSize: 11,
  color: '#fff',
  background: '#4752c4',
};
