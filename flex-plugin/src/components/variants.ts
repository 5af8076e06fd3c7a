import type { BoxProps } from '@twilio-paste/core/box';

/** The meanings that colours of badges and callouts stand for, as in Paste. */
export type Variant = 'neutral' | 'success' | 'warning' | 'error' | 'new' | 'progress';

export const variantColors: Record<Variant, Pick<BoxProps, 'color' | 'backgroundColor'>> = {
  neutral: { color: 'colorText', backgroundColor: 'colorBackground' },
  success: { color: 'colorTextSuccess', backgroundColor: 'colorBackgroundSuccessWeakest' },
  warning: { color: 'colorTextWarningStrong', backgroundColor: 'colorBackgroundWarningWeakest' },
  error: { color: 'colorTextErrorStrong', backgroundColor: 'colorBackgroundErrorWeakest' },
  progress: { color: 'colorTextPrimary', backgroundColor: 'colorBackgroundPrimaryWeakest' },
  new: { color: 'colorTextNew', backgroundColor: 'colorBackgroundNewWeakest' },
};
