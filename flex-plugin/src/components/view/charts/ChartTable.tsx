import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { type ChartProps, dayName, valueText } from './series.ts';

/** What a chart shows, as a table. */
export const ChartTable = ({ title, days, series, format, noteOf }: ChartProps) => {
  const notes = days.map((_, index) => noteOf?.(index) ?? null);
  const hasNotes = notes.some((note) => note !== null);
  return (
    <Box
      maxHeight="240px"
      overflowY="auto"
      tabIndex={0}
      role="group"
      aria-label={title}
      fontSize="fontSize20"
    >
      <table aria-label={title} style={{ width: '100%', borderCollapse: 'collapse' }}>
        <thead>
          <tr>
            <Header>{text('FlexcordViewDay')}</Header>
            {series.map(({ label }) => (
              <Header key={label} isNumeric>
                {label}
              </Header>
            ))}
            {hasNotes ? <Header isNumeric>{text('FlexcordViewCount')}</Header> : null}
          </tr>
        </thead>
        <tbody>
          {days
            .map((day, index) => (
              <tr key={day}>
                <Box as="th" textAlign="start" fontWeight="fontWeightNormal" paddingY="space10">
                  {dayName(day)}
                </Box>
                {series.map(({ label, values }) => (
                  <Value key={label}>{valueText(values[index], format)}</Value>
                ))}
                {hasNotes ? <Value>{notes[index] ?? '—'}</Value> : null}
              </tr>
            ))
            .reverse()}
        </tbody>
      </table>
    </Box>
  );
};

const Header: React.FC<{ isNumeric?: boolean }> = ({ isNumeric, children }) => (
  <Box
    as="th"
    position="sticky"
    top="space0"
    textAlign={isNumeric ? 'end' : 'start'}
    fontWeight="fontWeightMedium"
    color="colorTextWeak"
    backgroundColor="colorBackgroundBody"
  >
    {children}
  </Box>
);

const Value: React.FC = ({ children }) => (
  <Box as="td" textAlign="end" paddingY="space10" style={{ fontVariantNumeric: 'tabular-nums' }}>
    {children}
  </Box>
);
