import type { CaseStats } from '@flexcord/shared/panel/case-stats';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { QueryState } from '../../../components/QueryState.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { BarList } from '../../../components/view/charts/BarList.tsx';
import { Chart } from '../../../components/view/charts/Chart.tsx';
import { ChartGrid } from '../../../components/view/charts/ChartGrid.tsx';
import { durationTicks } from '../../../components/view/charts/durationTicks.ts';
import { type ChartProps, valueText } from '../../../components/view/charts/series.ts';
import { SegmentedControl } from '../../../components/view/SegmentedControl.tsx';
import { useKnowledgeGaps } from '../../../hooks/useKnowledgeGaps.ts';
import { formatNumber, formatPercent } from '../../../utils/format.ts';
import { formatDuration } from '../../../utils/formatDuration.ts';
import { flexLanguage, text } from '../../../utils/strings.ts';
import { useStats } from '../utils/caseListQueries.ts';
import { type CasesNavigation, CHART_PERIODS } from '../utils/casesLocation.ts';

/** Most unanswered questions that are shown. */
const MAX_GAPS = 8;
const RATINGS = [1, 2, 3, 4, 5];

/** The team's figures day by day, with those of the period before; for supervisors. */
export const CaseCharts = ({ location, navigate }: CasesNavigation) => {
  const period = Number(location.chartPeriod);
  const before = useStats(period, 1).data;
  return (
    <Box display="flex" flexDirection="column" rowGap="space50">
      <div>
        <SegmentedControl
          label={text('FlexcordCasesSpan')}
          options={CHART_PERIODS.map((days) => ({ id: days, label: text('FlexcordCasesDays', { days }) }))}
          selected={location.chartPeriod}
          onSelect={(chartPeriod) => navigate({ chartPeriod })}
        />
      </div>
      <QueryState query={useStats(period)}>
        {(stats) => (
          <Charts
            now={stats}
            // While other figures are fetched the two may be of different periods.
            before={before?.days.length === stats.days.length ? before : undefined}
          />
        )}
      </QueryState>
      <Gaps />
    </Box>
  );
};

type Figure = 'firstResponseMs' | 'resolutionMs' | 'rating';

const durationText = (ms: number) => (ms === 0 ? formatNumber(0) : formatDuration(ms));

const Charts = ({ now, before }: { now: CaseStats; before: CaseStats | undefined }) => {
  const rating = new Intl.NumberFormat(flexLanguage(), { maximumFractionDigits: 1 }).format;
  const days = now.days.map(({ day }) => day);
  const chartOf = (name: Figure, format: (value: number) => string): ChartProps => ({
    title: text(`FlexcordCasesChart_${name}`),
    help: text(`FlexcordCasesChartHelp_${name}`),
    total: valueText(now.total[name], format),
    compared: {
      now: now.total[name],
      before: before?.total[name] ?? null,
      better: name === 'rating' ? 'more' : 'less',
    },
    days,
    series: [
      {
        label: text(`FlexcordCasesChart_${name}`),
        values: now.days.map((day) => day[name]),
        ...(before ? { before: before.days.map((day) => day[name]) } : {}),
      },
    ],
    format,
  });
  const ended = (index: number) => text('FlexcordCasesEnded', { count: now.days[index]?.ended ?? 0 });
  const ratings = (index: number) => text('FlexcordCasesRatings', { count: now.days[index]?.ratings ?? 0 });
  return (
    <ChartGrid>
      <Chart
        isWide
        title={text('FlexcordCasesChart_cases')}
        help={text('FlexcordCasesChartHelp_cases')}
        total={text('FlexcordCasesOpenedResolved', {
          opened: formatNumber(now.total.opened),
          resolved: formatNumber(now.total.resolved),
        })}
        compared={{ now: now.total.opened, before: before?.total.opened ?? null, better: 'neither' }}
        days={days}
        series={[
          { label: text('FlexcordCasesChart_opened'), values: now.days.map(({ opened }) => opened) },
          { label: text('FlexcordCasesChart_resolved'), values: now.days.map(({ resolved }) => resolved) },
        ]}
        format={formatNumber}
        integersOnly
      />
      {(['firstResponseMs', 'resolutionMs'] as const).map((name) => (
        <Chart
          key={name}
          {...chartOf(name, durationText)}
          ticks={durationTicks([...now.days, ...(before?.days ?? [])].map((day) => day[name]))}
        />
      ))}
      <Chart
        {...chartOf('rating', rating)}
        total={
          now.total.rating === null
            ? '—'
            : text('FlexcordCasesRatingOf', { rating: rating(now.total.rating), count: now.total.ratings })
        }
        ticks={RATINGS}
        noteOf={ratings}
        parts={<Stars counts={now.stars} />}
      />
      <Chart
        title={text('FlexcordCasesChart_deflection')}
        help={text('FlexcordCasesChartHelp_deflection')}
        total={valueText(now.total.deflection, formatPercent)}
        compared={{ now: now.total.deflection, before: before?.total.deflection ?? null, better: 'more' }}
        days={days}
        series={[
          { label: text('FlexcordCasesChart_alone'), values: now.days.map(({ deflection }) => deflection) },
          {
            label: text('FlexcordCasesChart_confirmed'),
            values: now.days.map(({ confirmation }) => confirmation),
          },
        ]}
        format={formatPercent}
        ticks={[0, 0.25, 0.5, 0.75, 1]}
        noteOf={ended}
      />
    </ChartGrid>
  );
};

/** How many ratings there were of each number of stars, the best first. */
const Stars = ({ counts }: { counts: number[] }) => (
  <BarList
    items={[...RATINGS].reverse().map((star) => ({
      key: star,
      label: text('FlexcordCasesStars', { count: star }),
      value: counts[star - 1] ?? 0,
    }))}
    format={formatNumber}
  />
);

const Gaps = () => (
  <Box as="section" display="flex" flexDirection="column" rowGap="space40">
    <SectionHeading>{text('FlexcordCasesGaps')}</SectionHeading>
    <QueryState
      query={useKnowledgeGaps()}
      isEmpty={({ gaps }) => gaps.length === 0}
      emptyText={text('FlexcordCasesNoGaps')}
    >
      {({ gaps }) => (
        <BarList
          items={gaps
            .slice(0, MAX_GAPS)
            .map(({ question, times, ids }) => ({ key: ids[0] ?? question, label: question, value: times }))}
          format={(count) => text('FlexcordCasesTimes', { count })}
        />
      )}
    </QueryState>
  </Box>
);
