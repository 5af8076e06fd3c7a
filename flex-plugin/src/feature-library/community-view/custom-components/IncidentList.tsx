import type { Incident } from '@flexcord/shared/panel/incident';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Callout } from '../../../components/Callout.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { EmptyState } from '../../../components/view/EmptyState.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { formatDuration } from '../../../utils/formatDuration.ts';
import { flexLanguage, text } from '../../../utils/strings.ts';
import type { CommunityNavigation } from '../utils/communityLocation.ts';
import { useIncidents } from '../utils/incidentQueries.ts';

/** Says over the posts that incidents are open. */
export const IncidentCallout = ({ navigate }: CommunityNavigation) => {
  const open = useIncidents().data?.incidents.filter(({ state }) => state === 'open') ?? [];
  const [first] = open;
  if (!first) return null;
  return (
    <Callout variant="warning">
      <Row>
        <span>
          {text('FlexcordIncidentsOpen', { count: open.length })} <bdi>{first.title}</bdi>
        </span>
        <TextButton
          strong
          onClick={() => navigate({ layout: 'incidents', postId: null, incident: first.number })}
        >
          {text('FlexcordIncidentsLook')}
        </TextButton>
      </Row>
    </Callout>
  );
};

/** Incidents that are open, the latest first, then the latest that are over. */
export const IncidentList = ({ location, navigate }: CommunityNavigation) => (
  <QueryState query={useIncidents()}>
    {({ incidents }) =>
      incidents.length === 0 ? (
        <EmptyState heading={text('FlexcordIncidentsNone')}>{text('FlexcordIncidentsNoneHelp')}</EmptyState>
      ) : (
        <Box as="ul" margin="space0" padding="space0" style={{ listStyle: 'none' }}>
          {incidents.map((incident) => (
            <Box as="li" key={incident.number} marginBottom="space40">
              <Card>
                <Column gap="space20">
                  <Row>
                    <IncidentBadge {...incident} />
                    <TextButton
                      strong={location.incident !== incident.number}
                      onClick={() => navigate({ incident: incident.number, postId: null })}
                    >
                      {incident.title}
                    </TextButton>
                    <SecondaryText>#{incident.number}</SecondaryText>
                  </Row>
                  <IncidentFigures {...incident} />
                </Column>
              </Card>
            </Box>
          ))}
        </Box>
      )
    }
  </QueryState>
);

export const IncidentBadge = ({ state, publishedAt }: Incident) => (
  <>
    <Badge variant={state === 'open' ? 'warning' : state === 'resolved' ? 'success' : 'neutral'}>
      {text(`FlexcordIncidentState_${state}`)}
    </Badge>
    {state === 'open' && publishedAt !== null ? (
      <Badge variant="progress">{text('FlexcordIncidentPublished')}</Badge>
    ) : null}
  </>
);

/** How many asked, where and when, and how much more that is than usual. */
export const IncidentFigures = (incident: Incident) => {
  const { members, noticed, usual, withinMs, firstAt, lastAt, newAccounts, state, told, untold } = incident;
  const places = (['conversations', 'posts', 'cases'] as const)
    .filter((name) => incident[name] > 0)
    .map((name) => text(`FlexcordIncidentFrom_${name}`, { count: incident[name] }));
  return (
    <SecondaryText>
      {text('FlexcordIncidentMembers', { count: members })} ·{' '}
      {new Intl.ListFormat(flexLanguage(), { style: 'narrow' }).format(places)}
      <br />
      {text('FlexcordIncidentRise', {
        count: noticed,
        time: formatDuration(withinMs),
        usual: formatNumber(Math.round(usual * 10) / 10),
      })}
      {newAccounts > 0 ? <> · {text('FlexcordIncidentNewAccounts', { count: newAccounts })}</> : null}
      <br />
      {firstAt === null || lastAt === null ? null : (
        <>
          {text('FlexcordIncidentFirst')} <Time at={firstAt} /> · {text('FlexcordIncidentLast')}{' '}
          <Time at={lastAt} />
        </>
      )}
      {state === 'resolved' ? (
        <>
          {' '}
          · {text('FlexcordIncidentTold', { count: told })}
          {untold > 0 ? <> · {text('FlexcordIncidentUntold', { count: untold })}</> : null}
        </>
      ) : null}
    </SecondaryText>
  );
};
