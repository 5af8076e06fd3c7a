import { Box } from '@twilio-paste/core/box';
import { LineChart as Chartist } from 'chartist';
import * as React from 'react';

import { flexLanguage, text } from '../../../utils/strings.ts';

/** One colour for each series, readable on light and on dark. */
const COLORS = ['#3d78e8', '#14a07a'];
const MAX_AXIS_LABELS = 6;

const STYLE = `
.flexcord-chart .ct-label{display:flex;color:inherit;font-size:11px;line-height:1.2;white-space:nowrap}
.flexcord-chart .ct-label.ct-vertical{align-items:flex-end;justify-content:flex-end}
.flexcord-chart svg{overflow:visible}
.flexcord-chart .ct-grid{stroke:currentColor;stroke-opacity:.18}
.flexcord-chart .ct-line{fill:none;stroke-width:2.5px;stroke-linecap:round}
.flexcord-chart .ct-point{stroke-width:6px;stroke-linecap:round}
.flexcord-chart .ct-area{stroke:none;fill-opacity:.12}
${COLORS.map((color, index) => {
  const series = `.flexcord-chart .ct-series-${'ab'[index]}`;
  return `${series} :is(.ct-line,.ct-point){stroke:${color}}${series} .ct-area{fill:${color}}`;
}).join('')}`;

export interface Series {
  label: string;
  /** One value for each day; null where there is none. */
  values: Array<number | null>;
}

interface Props {
  title: string;
  /** The value over all days, formatted. */
  total: string;
  /** `2026-11-24`, oldest first. */
  days: string[];
  series: Series[];
  format: (value: number) => string;
  integersOnly?: boolean;
  maximum?: number;
}

/** A chart of values by day, with their total above it. */
export const LineChart = ({ title, total, days, series, format, integersOnly = false, maximum }: Props) => {
  const container = React.useRef<HTMLDivElement>(null);
  const isEmpty = series.every(({ values }) => values.every((value) => value === null));
  const data = JSON.stringify([days, series]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `data` changes with everything that the chart shows.
  React.useEffect(() => {
    if (!container.current || isEmpty) return undefined;
    const write = new Intl.DateTimeFormat(flexLanguage(), {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    });
    const step = Math.ceil(days.length / MAX_AXIS_LABELS);
    const chart = new Chartist(
      container.current,
      { labels: days, series: series.map(({ values }) => values) },
      {
        low: 0,
        ...(maximum === undefined ? {} : { high: maximum }),
        lineSmooth: false,
        showArea: true,
        showPoint: days.length <= 31,
        fullWidth: true,
        chartPadding: { top: 16, right: 24, bottom: 0, left: 0 },
        axisX: {
          showGrid: false,
          labelInterpolationFnc: (day, index) =>
            (days.length - 1 - index) % step === 0 ? write.format(new Date(`${day}T00:00:00Z`)) : null,
        },
        axisY: {
          onlyInteger: integersOnly,
          offset: 52,
          scaleMinSpace: 34,
          labelInterpolationFnc: (value) => format(Number(value)),
        },
      },
    );
    return () => void chart.detach();
  }, [data]);
  return (
    <Box
      as="section"
      aria-label={title}
      display="flex"
      flexDirection="column"
      rowGap="space30"
      padding="space60"
      minWidth="0"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorderWeaker"
      borderRadius="borderRadius30"
    >
      <style>{STYLE}</style>
      <Box display="flex" alignItems="baseline" justifyContent="space-between" columnGap="space40">
        <Box as="h2" margin="space0" fontSize="fontSize30" fontWeight="fontWeightSemibold">
          {title}
        </Box>
        <Box as="strong" fontSize="fontSize50">
          {total}
        </Box>
      </Box>
      {series.length > 1 ? (
        <Box display="flex" columnGap="space50" fontSize="fontSize20" color="colorTextWeak">
          {series.map(({ label }, index) => (
            <Box key={label} as="span" display="inline-flex" alignItems="center" columnGap="space20">
              <span
                aria-hidden="true"
                style={{ width: 10, height: 10, borderRadius: 5, background: COLORS[index] }}
              />
              {label}
            </Box>
          ))}
        </Box>
      ) : null}
      {isEmpty ? (
        <Box height="180px" display="flex" alignItems="center" justifyContent="center" color="colorTextWeak">
          {text('FlexcordCasesNoFigures')}
        </Box>
      ) : (
        <Box color="colorTextWeak">
          {/* Time runs from left to right in right-to-left languages, too; the library draws no other direction. */}
          <div
            ref={container}
            className="flexcord-chart"
            role="img"
            aria-label={`${title}: ${total}`}
            dir="ltr"
            style={{ height: 180 }}
          />
        </Box>
      )}
    </Box>
  );
};
