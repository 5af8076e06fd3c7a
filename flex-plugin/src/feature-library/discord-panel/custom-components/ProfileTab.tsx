import { truncate } from '@flexcord/shared/messages/truncate';
import type { MemberProfile } from '@flexcord/shared/panel/member';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Chip } from '../../../components/Chip.tsx';
import { Column } from '../../../components/Column.tsx';
import { CopyButton } from '../../../components/CopyButton.tsx';
import { DefinitionList } from '../../../components/DefinitionList.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { useMember } from '../../../hooks/memberQueries.ts';
import type { PanelContext } from '../../../types/desk.ts';
import { formatDate } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { DeskPart } from '../../../view-loader/DeskPart.tsx';
import { BlockMember } from './BlockMember.tsx';
import { PastConversations } from './PastConversations.tsx';

export const ProfileTab = ({ memberId }: PanelContext) => {
  const member = useMember(memberId);
  return (
    <Column gap="space70">
      <QueryState query={member}>{(profile) => <Profile profile={profile} />}</QueryState>
      <PastConversations memberId={memberId} />
      <DeskPart name="TeamNotes" memberId={memberId} />
    </Column>
  );
};

const Profile = ({ profile }: { profile: MemberProfile }) => (
  <Column gap="space50">
    <Box display="flex" columnGap="space50" alignItems="center">
      <Avatar profile={profile} />
      <Column gap="space10">
        <Box as="h2" margin="space0" fontSize="fontSize50" lineHeight="lineHeight50" color="colorText">
          <UserText as="span">{profile.displayName}</UserText>
        </Box>
        <SecondaryText>
          @<bdi>{profile.username}</bdi>
        </SecondaryText>
        <Row>
          <SecondaryText>{profile.id}</SecondaryText>
          <CopyButton value={profile.id} label={text('FlexcordCopy')} about={text('FlexcordCopyId')} />
        </Row>
      </Column>
    </Box>
    <Row>
      {profile.blocked ? <Chip strong>{text('FlexcordBlocked')}</Chip> : null}
      {profile.isNewAccount ? <Chip strong>{text('FlexcordNewAccount')}</Chip> : null}
      {profile.boostingSince ? (
        <Chip>{text('FlexcordBoosting', { date: formatDate(profile.boostingSince) })}</Chip>
      ) : null}
      <Chip>{text('FlexcordOpenCases', { count: profile.openCases })}</Chip>
    </Row>
    <DefinitionList
      items={[
        [text('FlexcordAccountCreated'), formatDate(profile.accountCreatedAt)],
        [
          text('FlexcordJoinedServer'),
          profile.joinedServerAt ? formatDate(profile.joinedServerAt) : text('FlexcordNotInServer'),
        ],
        [text('FlexcordLocale'), profile.locale ?? '—'],
      ]}
    />
    {profile.roles.length > 0 ? (
      <Column gap="space20">
        <SectionHeading>{text('FlexcordRoles')}</SectionHeading>
        <Row label={text('FlexcordRoles')}>
          {profile.roles.map(({ id, name, color }) => (
            <Chip key={id} dotColor={color}>
              {name}
            </Chip>
          ))}
        </Row>
      </Column>
    ) : null}
    <BlockMember profile={profile} />
  </Column>
);

const Avatar = ({ profile }: { profile: MemberProfile }) => {
  const size = 56;
  if (profile.avatarUrl) {
    return (
      <img
        src={profile.avatarUrl}
        alt=""
        width={size}
        height={size}
        style={{ borderRadius: '50%', flexShrink: 0 }}
      />
    );
  }
  return (
    <Box
      aria-hidden="true"
      display="flex"
      alignItems="center"
      justifyContent="center"
      flexShrink={0}
      width="56px"
      height="56px"
      borderRadius="borderRadiusCircle"
      backgroundColor="colorBackgroundPrimaryWeakest"
      color="colorTextPrimary"
      fontSize="fontSize50"
    >
      {truncate(profile.displayName, 1, { unit: 'characters' }).toUpperCase()}
    </Box>
  );
};
