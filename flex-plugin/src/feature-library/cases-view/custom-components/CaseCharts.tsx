import type { CaseStats } from '@flexcord/shared/panel/case-stats';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { flexLanguage, text } from '../../../utils/strings.ts';
import { QueryState } from '../../discord-panel/custom-components/QueryState.tsx';
import { SectionTitle, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { useGaps, useStats } from '../utils/caseQueries.ts';
import { spans, type Way } from '../utils/caseUrl.ts';
import { formatDuration } from '../utils/formatDuration.ts';
import { LineChart } from './LineChart.tsx';
import { Segments } from './Segments.tsx';

/** Questions shown of those that the knowledge base had no answer to. */
const SHOWN_GAPS = 8;

/** How the team does, day by day; for supervisors. */
export const CaseCharts = ({ place, go }: Way) => (
  <Box display="flex" flexDirection="column" rowGap="space60">
    <div>
      <Segments
        label={text('FlexcordCasesSpan')}
        options={spans.map((days) => ({ id: days, label: text('FlexcordCasesDays', { days }) }))}
        selected={place.span}
        onSelect={(span) => go({ span })}
      />
    </div>
    <QueryState query={useStats(Number(place.span))}>{(stats) => <Charts {...stats} />}</QueryState>
    <Gaps />
  </Box>
);

const Charts = ({ days, total }: CaseStats) => {
  const language = flexLanguage();
  const whole = new Intl.NumberFormat(language);
  const rating = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const none = '—';
  const words = (value: number | null, format: (value: number) => string) =>
    value === null ? none : format(value);
  const dates = days.map(({ day }) => day);
  const one = (name: 'firstResponseMs' | 'resolutionMs' | 'rating') => ({
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
        total={`${whole.format(total.opened)} / ${whole.format(total.resolved)}`}
        days={dates}
        series={[
          { label: text('FlexcordCasesChart_opened'), values: days.map(({ opened }) => opened) },
          { label: text('FlexcordCasesChart_resolved'), values: days.map(({ resolved }) => resolved) },
        ]}
        format={whole.format}
        isWhole
      />
      <LineChart
        {...one('firstResponseMs')}
        total={words(total.firstResponseMs, formatDuration)}
        format={formatDuration}
      />
      <LineChart
        {...one('resolutionMs')}
        total={words(total.resolutionMs, formatDuration)}
        format={formatDuration}
      />
      <LineChart
        {...one('rating')}
        total={words(total.rating, rating.format)}
        format={rating.format}
        highest={5}
      />
      <LineChart
        title={text('FlexcordCasesChart_deflection')}
        total={`${words(total.deflection, percent.format)} / ${words(total.confirmation, percent.format)}`}
        days={dates}
        series={[
          { label: text('FlexcordCasesChart_alone'), values: days.map(({ deflection }) => deflection) },
          {
            label: text('FlexcordCasesChart_confirmed'),
            values: days.map(({ confirmation }) => confirmation),
          },
        ]}
        format={percent.format}
        highest={1}
      />
    </Box>
  );
};

const Gaps = () => (
  <Box as="section" display="flex" flexDirection="column" rowGap="space40">
    <SectionTitle>{text('FlexcordCasesGaps')}</SectionTitle>
    <QueryState
      query={useGaps()}
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
            {gaps.slice(0, SHOWN_GAPS).map(({ question, times, ids }) => (
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
                  <Weak>{text('FlexcordCasesTimes', { count: times })}</Weak>
                </Box>
              </Box>
            ))}
          </Box>
        );
      }}
    </QueryState>
  </Box>
);
