import * as React from 'react';

import { ColumnChoice } from '../../../components/view/ColumnChoice.tsx';
import { SegmentedControl } from '../../../components/view/SegmentedControl.tsx';
import { useColumns } from '../../../components/view/useColumns.ts';
import { ViewPage } from '../../../components/view/ViewPage.tsx';
import type { ViewProps } from '../../../types/view.ts';
import { text } from '../../../utils/strings.ts';
import { LAYOUTS, useCommunityLocation } from '../utils/communityLocation.ts';
import { useLivePosts } from '../utils/communityQueries.ts';
import { useLiveIncidents } from '../utils/incidentQueries.ts';
import { CommunityCharts } from './CommunityCharts.tsx';
import { IncidentDetail } from './IncidentDetail.tsx';
import { IncidentCallout, IncidentList } from './IncidentList.tsx';
import { PostDetail } from './PostDetail.tsx';
import { PostFilters } from './PostFilters.tsx';
import { PostTable } from './PostTable.tsx';
import { PostTiles } from './PostTiles.tsx';
import { postColumns } from './postColumns.tsx';

/** The supervisors' view of posts in public; what it shows is in its address. */
export const CommunityView = (props: ViewProps) => {
  useLivePosts();
  useLiveIncidents();
  const navigation = useCommunityLocation(props);
  const { location, navigate } = navigation;
  const { layout, postId, incident } = location;
  const columns = useColumns('community', postColumns(navigation));
  return (
    <ViewPage
      title={text('FlexcordCommunityHeading')}
      aside={
        <SegmentedControl
          label={text('FlexcordCasesLayout')}
          options={LAYOUTS.map((id) => ({ id, label: text(`FlexcordCasesLayout_${id}`) }))}
          selected={layout}
          onSelect={(id) => navigate({ layout: id, postId: null, incident: null })}
        />
      }
      detail={
        postId
          ? {
              label: text('FlexcordCommunityDetail'),
              onClose: () => navigate({ postId: null }),
              content: (
                <PostDetail
                  key={postId}
                  postId={postId}
                  DiscordMessage={props.DiscordMessage}
                  {...navigation}
                />
              ),
            }
          : layout === 'incidents' && incident !== null
            ? {
                label: text('FlexcordIncident'),
                onClose: () => navigate({ incident: null }),
                content: <IncidentDetail key={incident} number={incident} {...navigation} />,
              }
            : null
      }
    >
      {layout === 'incidents' ? null : <IncidentCallout {...navigation} />}
      <PostTiles {...navigation} />
      {layout === 'charts' ? (
        <CommunityCharts {...navigation} />
      ) : layout === 'incidents' ? (
        <IncidentList {...navigation} />
      ) : (
        <>
          <PostFilters {...navigation}>
            <ColumnChoice columns={columns} />
          </PostFilters>
          <PostTable {...navigation} columns={columns} />
        </>
      )}
    </ViewPage>
  );
};
