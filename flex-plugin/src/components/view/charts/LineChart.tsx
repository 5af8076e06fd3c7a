import { Box } from '@twilio-paste/core/box';
import { LineChart as Chartist, FixedScaleAxis } from 'chartist';
import * as React from 'react';

import { flexLanguage, text } from '../../../utils/strings.ts';
import { useWidth } from '../useWidth.ts';
import { type ChartProps, dayName, SERIES_COLORS, type Series, valueText } from './series.ts';

const HEIGHT_PX = 180;
/** Room of one date under the axis, in px. */
const LABEL_WIDTH_PX = 72;
const TOOLTIP_WIDTH_PX = 190;

// Chartist puts a label into a box that begins at its point; the text is centred on the point instead.
const STYLE = `
.flexcord-chart{position:relative}
.flexcord-chart svg{display:block;overflow:visible}
.flexcord-chart foreignObject{overflow:visible}
.flexcord-chart .ct-label{display:flex;color:inherit;font-size:11px;line-height:1.2;white-space:nowrap}
.flexcord-chart .ct-label.ct-horizontal{justify-content:center;transform:translateX(-50%)}
.flexcord-chart .ct-label.ct-vertical{align-items:flex-end;justify-content:flex-end;transform:translateY(.6em)}
.flexcord-chart .ct-grid{stroke:currentColor;stroke-opacity:.18}
.flexcord-chart .ct-line{fill:none;stroke-width:2px;stroke-linecap:round;stroke-linejoin:round}
.flexcord-chart .ct-point{stroke-width:6px;stroke-linecap:round}
.flexcord-chart .ct-area{stroke:none;fill-opacity:.1}
.flexcord-chart .flexcord-before .ct-line{stroke:currentColor;stroke-opacity:.6;stroke-width:1.5px;stroke-dasharray:4 4}
.flexcord-chart .flexcord-before :is(.ct-point,.ct-area){display:none}
.flexcord-chart:focus-visible{outline:2px solid ${SERIES_COLORS[0]};outline-offset:4px;border-radius:4px}
${SERIES_COLORS.map((color, index) => {
  const series = `.flexcord-chart .flexcord-series-${index}`;
  return `${series} :is(.ct-line,.ct-point){stroke:${color}}${series} .ct-area{fill:${color}}`;
}).join('')}`;

/** Where the days stand from left to right, in px. */
const placesOf = new WeakMap<HTMLElement, number[]>();

/**
 * Lines of values by day. The pointer shows the values of the nearest day, and so do the arrow keys, Home and End; screen
 * readers read them as those of a slider.
 */
export const LineChart = (props: ChartProps) => {
  const { title, days, series } = props;
  const container = React.useRef<HTMLDivElement>(null);
  const width = useWidth(container);
  const [day, setDay] = React.useState<number | null>(null);
  const data = JSON.stringify([days, series, width]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `data` changes with everything that the chart shows.
  React.useEffect(() => {
    const { current } = container;
    return current && width > 0 ? draw(current, width, props) : undefined;
  }, [data]);
  const last = days.length - 1;
  const onKeyDown = (event: React.KeyboardEvent) => {
    const at = day ?? last;
    const targets: Partial<Record<string, number | null>> = {
      ArrowRight: Math.min(last, at + 1),
      ArrowUp: Math.min(last, at + 1),
      ArrowLeft: Math.max(0, at - 1),
      ArrowDown: Math.max(0, at - 1),
      Home: 0,
      End: last,
      Escape: null,
    };
    const target = targets[event.key];
    if (target === undefined || (target === null && day === null)) return;
    event.preventDefault();
    setDay(target);
  };
  const onPointerMove = (event: React.PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    const places = (container.current && placesOf.get(container.current)) ?? [];
    const x = event.clientX - left;
    setDay(nearest(places, x));
  };
  return (
    <>
      <style>{STYLE}</style>
      {/* Time runs from left to right in right-to-left languages, too; the library draws no other direction. */}
      <Box
        className="flexcord-chart"
        dir="ltr"
        color="colorTextWeak"
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={day ?? last}
        aria-valuetext={sentenceOf(props, day ?? last)}
        onKeyDown={onKeyDown}
        onFocus={() => setDay((shown) => shown ?? last)}
        onBlur={() => setDay(null)}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setDay(null)}
      >
        <div ref={container} aria-hidden="true" style={{ height: HEIGHT_PX }} />
        {day === null ? null : <Tooltip {...props} day={day} container={container} width={width} />}
      </Box>
    </>
  );
};

/** Draws the chart, and returns what takes it away. */
function draw(container: HTMLElement, width: number, props: ChartProps): () => void {
  const { days, series, format, ticks, integersOnly = false } = props;
  const write = new Intl.DateTimeFormat(flexLanguage(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const step = Math.max(1, Math.ceil((days.length * LABEL_WIDTH_PX) / width));
  const lines = [
    ...series.flatMap(({ before }) => (before ? [{ className: 'flexcord-before', data: before }] : [])),
    ...series.map(({ values }, index) => ({ className: `flexcord-series-${index}`, data: values })),
  ];
  const chart = new Chartist(
    container,
    { labels: days, series: lines },
    {
      ...(ticks ? { areaBase: ticks[0] } : { low: 0 }),
      lineSmooth: false,
      showArea: true,
      showPoint: true,
      fullWidth: true,
      chartPadding: { top: 12, right: LABEL_WIDTH_PX / 2, bottom: 0, left: 0 },
      axisX: {
        showGrid: false,
        labelInterpolationFnc: (day, index) =>
          (days.length - 1 - index) % step === 0 ? write.format(new Date(`${day}T00:00:00Z`)) : null,
      },
      axisY: {
        onlyInteger: integersOnly,
        offset: 52,
        scaleMinSpace: 32,
        labelInterpolationFnc: (value) => format(Number(value)),
        // An axis of a type of its own takes its ends from here.
        ...(ticks ? { type: FixedScaleAxis, ticks, low: ticks[0], high: ticks[ticks.length - 1] } : {}),
      },
    },
  );
  const isDense = days.length > 31;
  const places: number[] = [];
  chart.on('draw', (drawn) => {
    // Many points would run into one another; a value between two days without one has only its point.
    if (drawn.type === 'point' && isDense && hasNeighbour(lines[drawn.seriesIndex]?.data ?? [], drawn.index))
      drawn.element.remove();
  });
  chart.on('created', ({ chartRect }) => {
    days.forEach((_, index) => {
      places[index] = chartRect.x1 + (chartRect.width() * index) / Math.max(1, days.length - 1);
    });
    placesOf.set(container, places);
  });
  return () => void chart.detach();
}

const hasNeighbour = (values: Array<number | null>, index: number): boolean =>
  [values[index - 1], values[index + 1]].some((value) => value !== null && value !== undefined);

/** The index of the place that is nearest to `x`; null where there is none. */
function nearest(places: readonly number[], x: number): number | null {
  let best: number | null = null;
  places.forEach((place, index) => {
    if (best === null || Math.abs(place - x) < Math.abs((places[best] ?? 0) - x)) best = index;
  });
  return best;
}

/** A line of the tooltip: what, its value, and the value before. */
const linesOf = ({ series, format }: ChartProps, day: number) =>
  series.map(({ label, values, before }: Series) => ({
    label,
    value: valueText(values[day], format),
    before: before ? valueText(before[day], format) : null,
  }));

function sentenceOf(props: ChartProps, day: number): string {
  const values = linesOf(props, day).map(
    ({ label, value, before }) =>
      `${label}: ${value}${before === null ? '' : ` (${text('FlexcordViewBefore')}: ${before})`}`,
  );
  return [dayName(props.days[day] ?? ''), ...values, props.noteOf?.(day) ?? ''].filter(Boolean).join(', ');
}

type TooltipProps = ChartProps & { day: number; container: React.RefObject<HTMLElement>; width: number };

const Tooltip = ({ day, container, width, ...props }: TooltipProps) => {
  const x = (container.current && placesOf.get(container.current)?.[day]) ?? 0;
  const left = Math.max(0, Math.min(x - TOOLTIP_WIDTH_PX / 2, width - TOOLTIP_WIDTH_PX));
  const note = props.noteOf?.(day);
  return (
    <div aria-hidden="true" style={{ pointerEvents: 'none' }}>
      <div
        style={{
          ...{ position: 'absolute', left: x, top: 8, height: HEIGHT_PX - 40 },
          borderLeft: '1px solid currentColor',
        }}
      />
      <Box
        position="absolute"
        bottom="100%"
        paddingX="space30"
        paddingY="space20"
        borderRadius="borderRadius20"
        boxShadow="shadow"
        color="colorTextInverse"
        backgroundColor="colorBackgroundInverse"
        fontSize="fontSize20"
        lineHeight="lineHeight20"
        zIndex="zIndex20"
        style={{ left, width: TOOLTIP_WIDTH_PX, boxSizing: 'border-box' }}
      >
        <strong>{dayName(props.days[day] ?? '')}</strong>
        {linesOf(props, day).map(({ label, value, before }, index) => (
          <div key={label} style={{ display: 'flex', gap: 6, alignItems: 'center' }}>
            <span style={{ width: 8, height: 8, borderRadius: 4, background: SERIES_COLORS[index] }} />
            <span style={{ flexGrow: 1 }}>{label}</span>
            <span>
              {value}
              {before === null ? null : <span style={{ opacity: 0.75 }}> · {before}</span>}
            </span>
          </div>
        ))}
        {note ? <div style={{ opacity: 0.85 }}>{note}</div> : null}
      </Box>
    </div>
  );
};
