import type { CaseStats } from '@flexcord/shared/panel/case-stats';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { QueryState } from '../../../components/QueryState.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { useKnowledgeGaps } from '../../../hooks/useKnowledgeGaps.ts';
import { formatDuration } from '../../../utils/formatDuration.ts';
import { flexLanguage, text } from '../../../utils/strings.ts';
import { useStats } from '../utils/caseListQueries.ts';
import { type CasesNavigation, CHART_PERIODS } from '../utils/casesLocation.ts';
import { LineChart } from './LineChart.tsx';
import { SegmentedControl } from './SegmentedControl.tsx';

/** Most unanswered questions that are shown. */
const MAX_GAPS = 8;

/** The team's figures day by day; for supervisors. */
export const CaseCharts = ({ location, navigate }: CasesNavigation) => (
  <Box display="flex" flexDirection="column" rowGap="space60">
    <div>
      <SegmentedControl
        label={text('FlexcordCasesSpan')}
        options={CHART_PERIODS.map((days) => ({ id: days, label: text('FlexcordCasesDays', { days }) }))}
        selected={location.chartPeriod}
        onSelect={(chartPeriod) => navigate({ chartPeriod })}
      />
    </div>
    <QueryState query={useStats(Number(location.chartPeriod))}>{(stats) => <Charts {...stats} />}</QueryState>
    <Gaps />
  </Box>
);

const Charts = ({ days, total }: CaseStats) => {
  const language = flexLanguage();
  const integer = new Intl.NumberFormat(language);
  const rating = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const formatOrDash = (value: number | null, format: (value: number) => string) =>
    value === null ? '—' : format(value);
  const dates = days.map(({ day }) => day);
  const chartOf = (name: 'firstResponseMs' | 'resolutionMs' | 'rating') => ({
    title: text(`FlexcordCasesChart_${name}`),
    days: dates,
    series: [{ label: text(`FlexcordCasesChart_${name}`), values: days.map((day) => day[name]) }],
  });
  return (
    <Box
      display="grid"
      gridTemplateColumns="repeat(auto-fit, minmax(360px, 1fr))"
      columnGap="space50"
      rowGap="space50"
    >
      <LineChart
        title={text('FlexcordCasesChart_cases')}
        total={`${integer.format(total.opened)} / ${integer.format(total.resolved)}`}
        days={dates}
        series={[
          { label: text('FlexcordCasesChart_opened'), values: days.map(({ opened }) => opened) },
          { label: text('FlexcordCasesChart_resolved'), values: days.map(({ resolved }) => resolved) },
        ]}
        format={integer.format}
        integersOnly
      />
      <LineChart
        {...chartOf('firstResponseMs')}
        total={formatOrDash(total.firstResponseMs, formatDuration)}
        format={formatDuration}
      />
      <LineChart
        {...chartOf('resolutionMs')}
        total={formatOrDash(total.resolutionMs, formatDuration)}
        format={formatDuration}
      />
      <LineChart
        {...chartOf('rating')}
        total={formatOrDash(total.rating, rating.format)}
        format={rating.format}
        maximum={5}
      />
      <LineChart
        title={text('FlexcordCasesChart_deflection')}
        total={`${formatOrDash(total.deflection, percent.format)} / ${formatOrDash(total.confirmation, percent.format)}`}
        days={dates}
        series={[
          { label: text('FlexcordCasesChart_alone'), values: days.map(({ deflection }) => deflection) },
          {
            label: text('FlexcordCasesChart_confirmed'),
            values: days.map(({ confirmation }) => confirmation),
          },
        ]}
        format={percent.format}
        maximum={1}
      />
    </Box>
  );
};

const Gaps = () => (
  <Box as="section" display="flex" flexDirection="column" rowGap="space40">
    <SectionHeading>{text('FlexcordCasesGaps')}</SectionHeading>
    <QueryState
      query={useKnowledgeGaps()}
      isEmpty={({ gaps }) => gaps.length === 0}
      emptyText={text('FlexcordCasesNoGaps')}
    >
      {({ gaps }) => {
        const most = Math.max(...gaps.map(({ times }) => times));
        return (
          <Box
            as="ol"
            margin="space0"
            padding="space0"
            display="flex"
            flexDirection="column"
            rowGap="space30"
          >
            {gaps.slice(0, MAX_GAPS).map(({ question, times, ids }) => (
              <Box
                key={ids[0]}
                as="li"
                display="grid"
                gridTemplateColumns="minmax(0, 2fr) minmax(0, 3fr)"
                columnGap="space50"
                alignItems="center"
              >
                <bdi>{question}</bdi>
                <Box display="flex" alignItems="center" columnGap="space30">
                  <Box
                    aria-hidden="true"
                    height="sizeSquare40"
                    borderRadius="borderRadius10"
                    backgroundColor="colorBackgroundPrimary"
                    style={{ width: `${(times / most) * 80}%` }}
                  />
                  <SecondaryText>{text('FlexcordCasesTimes', { count: times })}</SecondaryText>
                </Box>
              </Box>
            ))}
          </Box>
        );
      }}
    </QueryState>
  </Box>
);
