import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import * as React from 'react';

import { keepPreference, readPreference } from '../../utils/preferences.ts';
import { text } from '../../utils/strings.ts';
import { Column } from '../Column.tsx';
import { SecondaryText } from '../SecondaryText.tsx';
import { TextButton } from '../TextButton.tsx';
import { PopoverButton } from './PopoverButton.tsx';

/** Most views that an agent keeps of one kind. */
const MAX_VIEWS = 20;
const MAX_NAME_LENGTH = 60;

export interface SavedView {
  name: string;
  /** What the view shows, in words of the view's own. */
  content: string;
}

interface Props {
  /** Under what they are kept. */
  kind: string;
  /** What is shown now. */
  current: string;
  /** Views that every agent has. */
  presets: SavedView[];
  onOpen: (content: string) => void;
}

const isViews = (value: unknown): value is SavedView[] =>
  Array.isArray(value) &&
  value.every(({ name, content }) => typeof name === 'string' && typeof content === 'string');

/** Filters under a name: some that everybody has, and those that this agent keeps in this browser. */
export const SavedViews = ({ kind, current, presets, onOpen }: Props) => {
  const [kept, setKept] = React.useState(() => readPreference(`${kind}-views`, isViews) ?? []);
  const [name, setName] = React.useState('');
  const keep = (views: SavedView[]) => {
    setKept(views);
    keepPreference(`${kind}-views`, views);
  };
  const known = [...presets, ...kept].find(({ content }) => content === current);
  return (
    <PopoverButton label={known?.name ?? text('FlexcordViewViews')} align="start">
      {(close) => {
        const open = ({ content }: SavedView) => {
          close();
          onOpen(content);
        };
        const save = (event: React.FormEvent) => {
          event.preventDefault();
          const wanted = name.trim();
          if (wanted === '') return;
          keep([...kept.filter((view) => view.name !== wanted), { name: wanted, content: current }]);
          setName('');
        };
        return (
          <Column gap="space40">
            <Column gap="space20">
              {presets.map((view) => (
                <ViewLine key={view.name} view={view} isOpen={view === known} onOpen={open} />
              ))}
              {kept.map((view) => (
                <ViewLine
                  key={view.name}
                  view={view}
                  isOpen={view === known}
                  onOpen={open}
                  onForget={() => keep(kept.filter((other) => other !== view))}
                />
              ))}
            </Column>
            {kept.length < MAX_VIEWS ? (
              <form onSubmit={save}>
                <Box display="flex" columnGap="space30" alignItems="center">
                  <Input
                    type="text"
                    aria-label={text('FlexcordViewName')}
                    placeholder={text('FlexcordViewName')}
                    maxLength={MAX_NAME_LENGTH}
                    value={name}
                    onChange={(event: React.ChangeEvent<HTMLInputElement>) => setName(event.target.value)}
                  />
                  <Box flexShrink={0}>
                    <Button type="submit" variant="secondary" size="small" disabled={name.trim() === ''}>
                      {text('FlexcordViewSave')}
                    </Button>
                  </Box>
                </Box>
              </form>
            ) : (
              <SecondaryText>{text('FlexcordViewTooMany', { count: MAX_VIEWS })}</SecondaryText>
            )}
          </Column>
        );
      }}
    </PopoverButton>
  );
};

interface LineProps {
  view: SavedView;
  isOpen: boolean;
  onOpen: (view: SavedView) => void;
  onForget?: () => void;
}

const ViewLine = ({ view, isOpen, onOpen, onForget }: LineProps) => (
  <Box display="flex" justifyContent="space-between" columnGap="space60" minHeight="28px" alignItems="center">
    <TextButton strong={isOpen} onClick={() => onOpen(view)}>
      {view.name}
    </TextButton>
    {onForget ? (
      <TextButton label={text('FlexcordViewForget', { name: view.name })} onClick={onForget}>
        ✕
      </TextButton>
    ) : null}
  </Box>
);
