import type { CommunityStats } from '@flexcord/shared/panel/community';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { QueryState } from '../../../components/QueryState.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { BarList } from '../../../components/view/charts/BarList.tsx';
import { Chart } from '../../../components/view/charts/Chart.tsx';
import { ChartGrid } from '../../../components/view/charts/ChartGrid.tsx';
import { durationTicks } from '../../../components/view/charts/durationTicks.ts';
import { valueText } from '../../../components/view/charts/series.ts';
import { SegmentedControl } from '../../../components/view/SegmentedControl.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { formatDuration } from '../../../utils/formatDuration.ts';
import { text } from '../../../utils/strings.ts';
import { type CommunityNavigation, PERIODS } from '../utils/communityLocation.ts';
import { useStats } from '../utils/communityQueries.ts';

/** What was asked and who answered, day by day, with the figures of the period before. */
export const CommunityCharts = ({ location, navigate }: CommunityNavigation) => {
  const days = Number(location.period);
  const before = useStats(days, 1).data;
  return (
    <Box display="flex" flexDirection="column" rowGap="space50">
      <div>
        <SegmentedControl
          label={text('FlexcordCasesSpan')}
          options={PERIODS.map((id) => ({ id, label: text('FlexcordCasesDays', { days: id }) }))}
          selected={location.period}
          onSelect={(period) => navigate({ period })}
        />
      </div>
      <QueryState query={useStats(days)}>
        {(stats) => (
          <Charts
            now={stats}
            // While other figures are fetched the two may be of different periods.
            before={before?.days.length === stats.days.length ? before : undefined}
          />
        )}
      </QueryState>
    </Box>
  );
};

const durationText = (ms: number) => (ms === 0 ? formatNumber(0) : formatDuration(ms));
type Counted = 'virtualAgent' | 'members' | 'agents';

const Charts = ({ now, before }: { now: CommunityStats; before: CommunityStats | undefined }) => {
  const days = now.days.map(({ day }) => day);
  const { total } = now;
  const title = (name: string) => text(`FlexcordCommunityChart_${name}`);
  const help = (name: string) => text(`FlexcordCommunityChartHelp_${name}`);
  const series = (name: keyof typeof total) => ({
    label: title(name),
    values: now.days.map((day) => day[name]),
    ...(before ? { before: before.days.map((day) => day[name]) } : {}),
  });
  const answered = (name: Counted) => (
    <Chart
      key={name}
      title={title(name)}
      help={help(name)}
      total={formatNumber(total[name])}
      compared={{ now: total[name], before: before?.total[name] ?? null, better: 'neither' }}
      days={days}
      series={[series(name)]}
      format={formatNumber}
      integersOnly
    />
  );
  return (
    <>
      <ChartGrid>
        <Chart
          isWide
          title={title('posts')}
          help={help('posts')}
          total={text('FlexcordCommunityAsked', {
            asked: formatNumber(total.asked),
            unanswered: formatNumber(total.unanswered),
          })}
          compared={{ now: total.asked, before: before?.total.asked ?? null, better: 'neither' }}
          days={days}
          series={(['asked', 'unanswered'] as const).map((name) => ({
            label: title(name),
            values: now.days.map((day) => day[name]),
          }))}
          format={formatNumber}
          integersOnly
        />
        <Chart
          title={title('time')}
          help={help('time')}
          total={valueText(total.medianMs, durationText)}
          compared={{ now: total.medianMs, before: before?.total.medianMs ?? null, better: 'less' }}
          days={days}
          series={(['medianMs', 'p90Ms'] as const).map((name) => ({
            label: title(name),
            values: now.days.map((day) => day[name]),
          }))}
          format={durationText}
          ticks={durationTicks(now.days.map((day) => day.p90Ms))}
          noteOf={(index) => text('FlexcordCommunityAskedOn', { count: now.days[index]?.asked ?? 0 })}
        />
        {(['virtualAgent', 'members', 'agents'] as const).map(answered)}
      </ChartGrid>
      <Box as="section" display="flex" flexDirection="column" rowGap="space40">
        <SectionHeading>{text('FlexcordCommunityTop')}</SectionHeading>
        {now.topQuestions.length === 0 ? (
          <Box color="colorTextWeak">{text('FlexcordCommunityNoTop')}</Box>
        ) : (
          <BarList
            items={now.topQuestions.map(({ postId, title: label, count }) => ({
              key: postId,
              label,
              value: count,
            }))}
            format={(count) => text('FlexcordCasesTimes', { count })}
          />
        )}
      </Box>
    </>
  );
};
