import type { IncidentAction, IncidentDetail, IncidentNotice } from '@flexcord/shared/panel/incident';
import { INCIDENT_LIMITS } from '@flexcord/shared/panel/incident-constants';
import { Button } from '@twilio/flex-ui';
import { Input } from '@twilio-paste/core/input';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { Dismissable } from '../../../components/Dismissable.tsx';
import { AUTOFOCUS } from '../../../components/FocusKeeper.tsx';
import { FormField } from '../../../components/FormField.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { LabelledCheckbox } from '../../../components/view/Checkbox.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';

interface Props {
  incident: IncidentDetail;
  busy: boolean;
  /** Resolves with whether it was done, which `done` says. */
  run: (action: IncidentAction, done: string) => Promise<boolean>;
}

const LANGUAGES = ['en', 'ja'] as const;
const isWritten = (notice: IncidentNotice) =>
  LANGUAGES.some((language) => notice[language].title.trim() !== '' && notice[language].text.trim() !== '');

/** Title and text in each language. */
const NoticeFields = ({
  name,
  notice,
  onChange,
}: {
  name: 'notice' | 'over';
  notice: IncidentNotice;
  onChange: (notice: IncidentNotice) => void;
}) => (
  <>
    {LANGUAGES.map((language) => {
      const words = notice[language];
      const change = (part: Partial<typeof words>) =>
        onChange({ ...notice, [language]: { ...words, ...part } });
      const id = (part: string) => `flexcord-incident-${name}-${language}-${part}`;
      const label = (part: string) => `${text(`FlexcordIncident${part}`)} (${languageName(language)})`;
      return (
        <Column key={language} gap="space20">
          <FormField id={id('title')} label={label('Title')}>
            <Input
              id={id('title')}
              type="text"
              maxLength={INCIDENT_LIMITS.title}
              value={words.title}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => change({ title: event.target.value })}
            />
          </FormField>
          <FormField id={id('text')} label={label('Text')}>
            <TextArea
              id={id('text')}
              maxLength={INCIDENT_LIMITS.text}
              value={words.text}
              onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) =>
                change({ text: event.target.value })
              }
            />
          </FormField>
        </Column>
      );
    })}
  </>
);

/** A button that asks once more, because everybody reads what follows. */
const Confirmed: React.FC<{
  label: string;
  question: string;
  variant?: 'primary' | 'secondary';
  disabled: boolean;
  onConfirm: () => Promise<unknown>;
}> = ({ label, question, variant = 'primary', disabled, onConfirm }) => {
  const [isAsking, setAsking] = React.useState(false);
  return isAsking ? (
    <Dismissable onDismiss={() => setAsking(false)}>
      <Row>
        <span>{question}</span>
        <Button
          {...AUTOFOCUS}
          variant="primary"
          size="small"
          disabled={disabled}
          onClick={() => void onConfirm().then(() => setAsking(false))}
        >
          {label}
        </Button>
        <Button variant="secondary" size="small" onClick={() => setAsking(false)}>
          {text('FlexcordCancel')}
        </Button>
      </Row>
    </Dismissable>
  ) : (
    <Button variant={variant} size="small" disabled={disabled} onClick={() => setAsking(true)}>
      {label}
    </Button>
  );
};

/** What is said for as long as it lasts, and where. */
export const IncidentPublication = ({ incident, busy, run }: Props) => {
  const { publishedAt, publishedBy, version } = incident;
  const [notice, setNotice] = React.useState(incident.notice);
  // What was said somewhere is said there again only where that is chosen.
  const [channels, setChannels] = React.useState<string[]>([]);
  const [posts, setPosts] = React.useState(incident.posts > 0 && publishedAt === null);
  const [answers, setAnswers] = React.useState(publishedAt === null || incident.answers);
  const choose = (id: string, isChosen: boolean) =>
    setChannels((chosen) => [...chosen.filter((other) => other !== id), ...(isChosen ? [id] : [])]);
  return (
    <Card>
      <Column>
        <SectionHeading>{text('FlexcordIncidentNotice')}</SectionHeading>
        <SecondaryText>
          {publishedAt === null ? (
            text('FlexcordIncidentNoticeHelp')
          ) : (
            <>
              {text('FlexcordIncidentPublishedBy', { name: publishedBy ?? '' })} <Time at={publishedAt} />
            </>
          )}
        </SecondaryText>
        <NoticeFields name="notice" notice={notice} onChange={setNotice} />
        <Column gap="space20">
          {incident.channels.map(({ id, name, isForAnnouncements, wasSent }) => (
            <LabelledCheckbox
              key={id}
              checked={channels.includes(id)}
              onChange={(isChosen) => choose(id, isChosen)}
            >
              {isForAnnouncements
                ? text('FlexcordIncidentAnnounce')
                : text('FlexcordIncidentChannel', { name: name || id })}{' '}
              {wasSent ? <SecondaryText>{text('FlexcordIncidentSent')}</SecondaryText> : null}
            </LabelledCheckbox>
          ))}
          {incident.posts > 0 ? (
            <LabelledCheckbox checked={posts} onChange={setPosts}>
              {text('FlexcordIncidentInPosts', { count: incident.posts })}
            </LabelledCheckbox>
          ) : null}
          <LabelledCheckbox checked={answers} onChange={setAnswers}>
            {text('FlexcordIncidentAnswers')}
          </LabelledCheckbox>
        </Column>
        <div>
          <Confirmed
            label={text('FlexcordIncidentPublish')}
            question={text('FlexcordIncidentPublishAsk')}
            disabled={busy || !isWritten(notice)}
            onConfirm={() =>
              run({ is: 'publish', version, notice, channels, posts, answers }, 'FlexcordIncidentPublishDone')
            }
          />
        </div>
      </Column>
    </Card>
  );
};

/** It is over, or was none. */
export const IncidentEnd = ({ incident, busy, run }: Props) => {
  const [over, setOver] = React.useState(incident.over);
  return (
    <Card>
      <Column>
        <SectionHeading>{text('FlexcordIncidentOver')}</SectionHeading>
        <SecondaryText>{text('FlexcordIncidentOverHelp')}</SecondaryText>
        <NoticeFields name="over" notice={over} onChange={setOver} />
        <Row>
          <Confirmed
            label={text('FlexcordIncidentResolve', { count: incident.members })}
            question={text('FlexcordIncidentResolveAsk')}
            disabled={busy || !isWritten(over)}
            onConfirm={() => run({ is: 'resolve', over }, 'FlexcordIncidentResolveDone')}
          />
          <Confirmed
            label={text('FlexcordIncidentDismiss')}
            question={text('FlexcordIncidentDismissAsk')}
            variant="secondary"
            disabled={busy}
            onConfirm={() => run({ is: 'dismiss' }, 'FlexcordIncidentDismissDone')}
          />
        </Row>
      </Column>
    </Card>
  );
};
