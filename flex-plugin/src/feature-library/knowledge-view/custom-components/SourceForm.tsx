import { SOURCE_RULES } from '@flexcord/shared/panel/library-constants';
import type { SourceRule } from '@flexcord/shared/panel/library-sources';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import * as React from 'react';

import { Callout } from '../../../components/Callout.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { FormField } from '../../../components/FormField.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { SelectField } from '../../../components/SelectField.tsx';
import { text } from '../../../utils/strings.ts';
import { addSource } from '../utils/sourceQueries.ts';
import { reasonOf } from '../utils/useArticleEditing.ts';

const HOUR_MS = 3_600_000;
const INTERVALS = [1, 6, 24, 168];
const splitLabels = (given: string) =>
  given
    .split(',')
    .map((label) => label.trim())
    .filter(Boolean);

/** Adds a source of a host that whoever runs the bridge has named. */
export const SourceForm = ({ allowedHosts }: { allowedHosts: string[] }) => {
  const [place, setPlace] = React.useState('');
  const [labels, setLabels] = React.useState('');
  const [hours, setHours] = React.useState('6');
  const [rule, setRule] = React.useState<SourceRule>('propose');
  const [busy, setBusy] = React.useState(false);
  const [problem, setProblem] = React.useState<string | null>(null);
  if (allowedHosts.length === 0) return <SecondaryText>{text('FlexcordKbNoSourceHosts')}</SecondaryText>;
  const add = () => {
    setBusy(true);
    setProblem(null);
    void addSource({
      place: place.trim(),
      intervalMs: Number(hours) * HOUR_MS,
      labels: splitLabels(labels),
      rule,
    })
      .then(
        () => setPlace(''),
        (error) => setProblem(reasonOf(error)),
      )
      .then(() => setBusy(false));
  };
  return (
    <Card>
      <Column>
        <SectionHeading>{text('FlexcordKbAddSource')}</SectionHeading>
        <FormField
          id="flexcord-kb-source"
          label={text('FlexcordKbSourceAddress')}
          help={text('FlexcordKbSourceAddressHelp', { hosts: allowedHosts.join(', ') })}
        >
          <Input
            id="flexcord-kb-source"
            type="text"
            inputMode="url"
            aria-describedby="flexcord-kb-source-help"
            placeholder={`https://${allowedHosts[0]}/sitemap.xml`}
            value={place}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setPlace(event.target.value)}
          />
        </FormField>
        <Box display="grid" gridTemplateColumns="160px minmax(0, 1fr) minmax(0, 1fr)" columnGap="space50">
          <SelectField
            id="flexcord-kb-source-interval"
            label={text('FlexcordKbSourceInterval')}
            value={hours}
            options={INTERVALS.map((value) => [String(value), text(`FlexcordKbInterval_${value}`)] as const)}
            onChange={setHours}
          />
          <SelectField
            id="flexcord-kb-source-rule"
            label={text('FlexcordKbSourceRule')}
            value={rule}
            options={SOURCE_RULES.map((value) => [value, text(`FlexcordKbSourceRule_${value}`)] as const)}
            onChange={(value) => setRule(value as SourceRule)}
          />
          <FormField id="flexcord-kb-source-labels" label={text('FlexcordKbLabelsHelp')}>
            <Input
              id="flexcord-kb-source-labels"
              type="text"
              value={labels}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => setLabels(event.target.value)}
            />
          </FormField>
        </Box>
        {problem === null ? null : (
          <Callout variant="error" role="alert">
            {problem}
          </Callout>
        )}
        <div>
          <Button variant="secondary" size="small" disabled={busy || place.trim() === ''} onClick={add}>
            {text('FlexcordKbAddSource')}
          </Button>
        </div>
      </Column>
    </Card>
  );
};
