import { Box, type BoxProps } from '@twilio-paste/core/box';
import { Label } from '@twilio-paste/core/label';
import { Option, Select } from '@twilio-paste/core/select';
import * as React from 'react';

import { flexLanguage, text } from '../../../utils/strings.ts';

/** The head of a page of this view: what it is, and what can be done with it. */
export const PageHead: React.FC<{ title: string; aside?: React.ReactNode; takesFocus?: boolean }> = ({
  title,
  aside,
  takesFocus,
  children,
}) => {
  const heading = React.useRef<HTMLHeadingElement>(null);
  // Whoever came by keyboard goes on from the top of the page, and a screen reader says where that is.
  React.useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <Box display="flex" flexWrap="wrap" alignItems="center" columnGap="space40" rowGap="space30">
      <Box
        as="h1"
        ref={heading}
        tabIndex={-1}
        dir="auto"
        margin="space0"
        fontFamily="fontFamilyDisplay"
        fontSize="fontSize60"
        lineHeight="lineHeight70"
        fontWeight="fontWeightSemibold"
        _focus={{ outline: 'none' }}
      >
        {title}
      </Box>
      {aside}
      <Box flexGrow={1} />
      <Box display="flex" flexWrap="wrap" alignItems="center" columnGap="space30" rowGap="space20">
        {children}
      </Box>
    </Box>
  );
};

type Tone = 'neutral' | 'success' | 'warning' | 'error' | 'new';

const tones: Record<Tone, Pick<BoxProps, 'color' | 'backgroundColor'>> = {
  neutral: { color: 'colorText', backgroundColor: 'colorBackground' },
  success: { color: 'colorTextSuccess', backgroundColor: 'colorBackgroundSuccessWeakest' },
  warning: { color: 'colorTextWarningStrong', backgroundColor: 'colorBackgroundWarningWeakest' },
  error: { color: 'colorTextErrorStrong', backgroundColor: 'colorBackgroundErrorWeakest' },
  new: { color: 'colorTextNew', backgroundColor: 'colorBackgroundNewWeakest' },
};

export const Tag: React.FC<{ tone?: Tone }> = ({ tone = 'neutral', children }) => (
  <Box
    as="span"
    display="inline-block"
    maxWidth="100%"
    paddingX="space30"
    paddingY="space10"
    borderRadius="borderRadiusPill"
    fontSize="fontSize20"
    lineHeight="lineHeight20"
    fontWeight="fontWeightMedium"
    {...tones[tone]}
  >
    {children}
  </Box>
);

/** Something to know before going on. */
export const Notice: React.FC<{ tone: Tone; role?: 'alert' | 'status' }> = ({
  tone,
  role = 'status',
  children,
}) => (
  <Box role={role} padding="space40" borderRadius="borderRadius20" {...tones[tone]}>
    {children}
  </Box>
);

/** A button that reads as a link and wraps as text does. */
export const TextButton: React.FC<{ onClick: () => void; strong?: boolean; label?: string }> = ({
  onClick,
  strong,
  label,
  children,
}) => (
  <Box
    as="button"
    type="button"
    dir="auto"
    aria-label={label}
    onClick={onClick}
    appearance="none"
    border="none"
    padding="space0"
    backgroundColor="transparent"
    color="colorTextLink"
    cursor="pointer"
    fontFamily="inherit"
    fontSize="inherit"
    fontWeight={strong ? 'fontWeightSemibold' : 'fontWeightNormal'}
    lineHeight="inherit"
    textAlign="start"
    overflowWrap="anywhere"
    borderRadius="borderRadius10"
    _hover={{ textDecoration: 'underline' }}
    _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
  >
    {children}
  </Box>
);

/** Something small to add with one press. */
export const ChipButton: React.FC<{ onClick: () => void; label: string; title?: string }> = ({
  onClick,
  label,
  title,
  children,
}) => (
  <Box
    as="button"
    type="button"
    aria-label={label}
    title={title}
    onClick={onClick}
    appearance="none"
    borderWidth="borderWidth10"
    borderStyle="solid"
    borderColor="colorBorderWeak"
    borderRadius="borderRadiusPill"
    paddingX="space30"
    paddingY="space10"
    backgroundColor="colorBackgroundBody"
    color="colorText"
    cursor="pointer"
    fontFamily="inherit"
    fontSize="fontSize20"
    lineHeight="lineHeight20"
    _hover={{ borderColor: 'colorBorderPrimary', color: 'colorTextPrimary' }}
    _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
  >
    {children}
  </Box>
);

export const Field: React.FC<{ id: string; label: string; help?: string; required?: boolean }> = ({
  id,
  label,
  help,
  required,
  children,
}) => (
  <div>
    <Label htmlFor={id} required={required}>
      {label}
    </Label>
    {children}
    {help ? (
      <Box id={`${id}-help`} marginTop="space20" fontSize="fontSize20" color="colorTextWeak">
        {help}
      </Box>
    ) : null}
  </div>
);

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  /** Value and label. */
  options: ReadonlyArray<readonly [value: string, label: string]>;
  disabled?: boolean;
  onChange: (value: string) => void;
}

export const Choice = ({ id, label, value, options, disabled, onChange }: ChoiceProps) => (
  <Field id={id} label={label}>
    <Select
      id={id}
      value={value}
      disabled={disabled}
      onChange={(event: React.ChangeEvent<HTMLSelectElement>) => onChange(event.target.value)}
    >
      {options.map(([option, optionLabel]) => (
        <Option key={option} value={option}>
          {optionLabel}
        </Option>
      ))}
    </Select>
  </Field>
);

/** What a language is called in the language of Flex. */
export function languageName(language: string): string {
  return new Intl.DisplayNames([flexLanguage()], { type: 'language' }).of(language) ?? language;
}

/** Where an article comes from, in words; the host of a site stands for itself. */
export function sourceName(source: string): string {
  const known = ['panel', 'sample', 'markdown', 'spreadsheet', 'zendesk', 'intercom'];
  return known.includes(source) ? text(`FlexcordKbSource_${source}`) : source;
}

export const formatNumber = (value: number) => new Intl.NumberFormat(flexLanguage()).format(value);
export const formatPercent = (value: number) =>
  new Intl.NumberFormat(flexLanguage(), { style: 'percent' }).format(value);
