import type { IncidentDetail as Detail, IncidentAction } from '@flexcord/shared/panel/incident';
import { Actions } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { ThreadLink } from '../../../components/ThreadLink.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { caseAddress } from '../../../utils/caseAddress.ts';
import { notifyError, notifySuccess } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import type { CommunityNavigation } from '../utils/communityLocation.ts';
import { actOnIncident, useIncident } from '../utils/incidentQueries.ts';
import { IncidentEnd, IncidentPublication } from './IncidentActions.tsx';
import { IncidentBadge, IncidentFigures } from './IncidentList.tsx';

const openCase = (number: number) => void Actions.invokeAction('HistoryPush', caseAddress(String(number)));

/** An incident: who asked, what is said of it, and its end. */
export const IncidentDetail = ({ number, navigate }: { number: number } & CommunityNavigation) => {
  const [busy, setBusy] = React.useState(false);
  /** Whether it was done. */
  const run = async (action: IncidentAction, done: string): Promise<boolean> => {
    setBusy(true);
    try {
      await actOnIncident(number, action);
      notifySuccess(done);
      return true;
    } catch (error) {
      notifyError(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return (
    <Column>
      <div>
        <TextButton onClick={() => navigate({ incident: null })}>{text('FlexcordIncidentClose')}</TextButton>
      </div>
      <QueryState query={useIncident(number)}>
        {(incident) => (
          <Column gap="space50">
            <Column gap="space30">
              <Box as="h2" margin="space0" fontSize="fontSize50" lineHeight="lineHeight50" dir="auto">
                {incident.title}
              </Box>
              <Row>
                <IncidentBadge {...incident} />
                <TextButton onClick={() => openCase(number)}>
                  {text('FlexcordCommunityCase', { number })}
                </TextButton>
              </Row>
              <IncidentFigures {...incident} />
            </Column>
            {incident.state === 'open' ? (
              <>
                {/* What somebody else has published meanwhile stands there anew. */}
                <IncidentPublication
                  key={`notice:${incident.version}`}
                  incident={incident}
                  busy={busy}
                  run={run}
                />
                <IncidentEnd key={`end:${incident.version}`} incident={incident} busy={busy} run={run} />
              </>
            ) : (
              <Said incident={incident} />
            )}
            <Reports
              incident={incident}
              busy={busy}
              onTakeOut={(id) => void run({ is: 'take-out', reports: [id] }, 'FlexcordIncidentTakenOutDone')}
            />
          </Column>
        )}
      </QueryState>
    </Column>
  );
};

/** What was said of an incident that is over. */
const Said = ({ incident: { notice, over, publishedAt, state } }: { incident: Detail }) => {
  const parts = [
    ...(publishedAt === null ? [] : [['FlexcordIncidentNotice', notice] as const]),
    ...(state === 'resolved' ? [['FlexcordIncidentOver', over] as const] : []),
  ];
  return (
    <>
      {parts.map(([heading, words]) => (
        <Card key={heading}>
          <Column gap="space20">
            <SectionHeading>{text(heading)}</SectionHeading>
            {[words.en, words.ja]
              .filter((one) => one.title !== '' || one.text !== '')
              .map((one) => (
                <Box key={one.title} dir="auto">
                  <strong>{one.title}</strong>
                  <br />
                  {one.text}
                </Box>
              ))}
          </Column>
        </Card>
      ))}
    </>
  );
};

const Reports = ({
  incident,
  busy,
  onTakeOut,
}: {
  incident: Detail;
  busy: boolean;
  onTakeOut: (id: number) => void;
}) => (
  <Column gap="space30">
    <SectionHeading>{text('FlexcordIncidentReports', { count: incident.reports.length })}</SectionHeading>
    {incident.reports.map((report) => {
      const { id, source, member, words, askedAt, link, caseNumber, isNewAccount, isTakenOut, toldIn } =
        report;
      return (
        <Card key={id}>
          <Column gap="space20">
            <Row>
              <strong>
                <bdi>{member ? member.name : text('FlexcordCommunityErased')}</bdi>
              </strong>
              <Badge>{text(`FlexcordIncidentSource_${source}`)}</Badge>
              {isNewAccount ? <Badge variant="warning">{text('FlexcordIncidentNewAccount')}</Badge> : null}
              {isTakenOut ? <Badge>{text('FlexcordIncidentTakenOut')}</Badge> : null}
              {toldIn ? (
                <Badge variant={toldIn === 'nowhere' ? 'warning' : 'success'}>
                  {text(`FlexcordIncidentToldIn_${toldIn}`)}
                </Badge>
              ) : null}
              <SecondaryText>
                <Time at={askedAt} />
              </SecondaryText>
            </Row>
            {words === '' ? (
              <SecondaryText>{text('FlexcordCommunityNoWords')}</SecondaryText>
            ) : (
              <Box dir="auto">{words}</Box>
            )}
            <Row>
              {link === null ? null : (
                <ThreadLink thread={{ title: text('FlexcordPublicOpen'), channel: '', link }} />
              )}
              {caseNumber === null ? null : (
                <TextButton onClick={() => openCase(caseNumber)}>
                  {text('FlexcordCommunityCase', { number: caseNumber })}
                </TextButton>
              )}
              {isTakenOut || toldIn !== null ? null : (
                <TextButton
                  label={text('FlexcordIncidentTakeOutOf', { name: member?.name ?? '' })}
                  onClick={() => (busy ? undefined : onTakeOut(id))}
                >
                  {text('FlexcordIncidentTakeOut')}
                </TextButton>
              )}
            </Row>
          </Column>
        </Card>
      );
    })}
  </Column>
);
