import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { formatPercent } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { SecondaryText } from '../../SecondaryText.tsx';
import { TextButton } from '../../TextButton.tsx';
import { ChartTable } from './ChartTable.tsx';
import { LineChart } from './LineChart.tsx';
import { type ChartProps, SERIES_COLORS, type Series } from './series.ts';

/** Values by day with their total, compared with the period before; as a chart or, where wanted, as a table. */
export const Chart = (props: ChartProps) => {
  const { title, help, total, compared, series, isWide, parts } = props;
  const [isTable, setTable] = React.useState(false);
  const isEmpty = series.every(({ values }) => values.every((value) => value === null));
  return (
    <Box
      as="section"
      aria-label={title}
      className={isWide ? 'flexcord-wide' : undefined}
      display="flex"
      flexDirection="column"
      rowGap="space30"
      padding="space50"
      minWidth="0"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorderWeaker"
      borderRadius="borderRadius30"
    >
      <Box display="flex" alignItems="baseline" justifyContent="space-between" columnGap="space40">
        <Box as="h2" margin="space0" fontSize="fontSize30" fontWeight="fontWeightSemibold">
          {title}
        </Box>
        {isEmpty ? null : (
          <SecondaryText>
            <TextButton
              label={`${text(isTable ? 'FlexcordViewAsChart' : 'FlexcordViewAsTable')}: ${title}`}
              onClick={() => setTable(!isTable)}
            >
              {text(isTable ? 'FlexcordViewAsChart' : 'FlexcordViewAsTable')}
            </TextButton>
          </SecondaryText>
        )}
      </Box>
      <Box display="flex" alignItems="baseline" flexWrap="wrap" columnGap="space40">
        <Box as="strong" fontSize="fontSize60" lineHeight="lineHeight60" fontWeight="fontWeightSemibold">
          {total}
        </Box>
        {compared ? <Difference {...compared} /> : null}
      </Box>
      <SecondaryText>{help}</SecondaryText>
      {isEmpty ? (
        <Box height="180px" display="flex" alignItems="center" justifyContent="center" color="colorTextWeak">
          {text('FlexcordCasesNoFigures')}
        </Box>
      ) : isTable ? (
        <ChartTable {...props} />
      ) : (
        <>
          <Legend series={series} />
          <LineChart {...props} />
        </>
      )}
      {isEmpty ? null : parts}
    </Box>
  );
};

const Legend = ({ series }: { series: Series[] }) => (
  <Box display="flex" flexWrap="wrap" columnGap="space50" fontSize="fontSize20" color="colorTextWeak">
    {series.length > 1
      ? series.map(({ label }, index) => (
          <Box key={label} as="span" display="inline-flex" alignItems="center" columnGap="space20">
            <span
              aria-hidden="true"
              style={{ width: 12, height: 3, borderRadius: 2, background: SERIES_COLORS[index] }}
            />
            {label}
          </Box>
        ))
      : null}
    {series.some(({ before }) => before?.some((value) => value !== null)) ? (
      <Box as="span" display="inline-flex" alignItems="center" columnGap="space20">
        <span aria-hidden="true" style={{ width: 14, borderTop: '2px dashed currentColor' }} />
        {text('FlexcordViewBefore')}
      </Box>
    ) : null}
  </Box>
);

/** How much more or less it was than before. Nothing where there is nothing to compare with. */
const Difference = ({ now, before, better }: NonNullable<ChartProps['compared']>) => {
  if (now === null || before === null || before === 0) return null;
  const change = (now - before) / before;
  const isSame = Math.abs(change) < 0.005;
  const isMore = change > 0;
  const isBetter = better !== 'neither' && (better === 'more') === isMore;
  const color =
    isSame || better === 'neither' ? 'colorTextWeak' : isBetter ? 'colorTextSuccess' : 'colorTextErrorStrong';
  const words = isSame
    ? text('FlexcordViewSameAsBefore')
    : text(isMore ? 'FlexcordViewMore' : 'FlexcordViewLess', { percent: formatPercent(Math.abs(change)) });
  return (
    <Box as="span" color={color} fontSize="fontSize20">
      {isSame ? null : <span aria-hidden="true">{isMore ? '▲' : '▼'} </span>}
      {words}
    </Box>
  );
};
