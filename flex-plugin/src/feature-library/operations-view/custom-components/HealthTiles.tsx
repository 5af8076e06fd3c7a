import type { Operations } from '@flexcord/shared/panel/operations';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import type { Variant } from '../../../components/variants.ts';
import { formatDate } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { useMayShowMedia } from '../utils/operationsQueries.ts';

/** Ends of the keys of a state's texts: `FlexcordOpsState_…` and `FlexcordOpsMeans_…`. */
type State = 'works' | 'down' | 'refuses' | 'notHere' | 'forbids';

const variants: Record<State, Variant> = {
  works: 'success',
  down: 'error',
  refuses: 'error',
  notHere: 'error',
  forbids: 'warning',
};

/** Whether each part works, with what it means where it does not. */
export const HealthTiles = ({ operations: { health, version, startedAt } }: { operations: Operations }) => (
  <Column gap="space30">
    <Box
      display="grid"
      gridTemplateColumns="repeat(auto-fit, minmax(240px, 1fr))"
      columnGap="space40"
      rowGap="space40"
    >
      <Tile
        name="discord"
        state={health.discordAccepts ? (health.gateway ? 'works' : 'notHere') : 'refuses'}
      />
      <Tile name="twilio" state={health.twilio ? (health.twilioAccepts ? 'works' : 'refuses') : 'down'} />
      <Tile name="store" state={health.store ? 'works' : 'down'} />
      <PageTile />
    </Box>
    <SecondaryText>{text('FlexcordOpsBridge', { version, date: formatDate(startedAt, true) })}</SecondaryText>
  </Column>
);

/** What a page of Flex may show, which neither the bridge nor the doctor can see. */
const PageTile = () => {
  const { data } = useMayShowMedia();
  return data === undefined ? null : <Tile name="page" state={data ? 'works' : 'forbids'} />;
};

const Tile = ({ name, state }: { name: 'discord' | 'twilio' | 'store' | 'page'; state: State }) => (
  <Card>
    <Column gap="space30">
      <Box display="flex" alignItems="center" justifyContent="space-between" columnGap="space30">
        <strong>{text(`FlexcordOpsPart_${name}`)}</strong>
        <Badge variant={variants[state]}>{text(`FlexcordOpsState_${state}`)}</Badge>
      </Box>
      <SecondaryText>{text(`FlexcordOpsMeans_${name}_${state}`)}</SecondaryText>
    </Column>
  </Card>
);
