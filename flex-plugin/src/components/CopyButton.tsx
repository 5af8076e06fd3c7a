import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { notifyError } from '../utils/notifications.ts';
import { text } from '../utils/strings.ts';

interface Props {
  value: string;
  label: string;
  /** What is copied, for screen readers. */
  about?: string;
}

export const CopyButton = ({ value, label, about }: Props) => {
  const [copied, setCopied] = React.useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Button
      variant="link"
      size="small"
      onClick={() => void copy()}
      aria-label={copied ? text('FlexcordCopied') : about}
    >
      {copied ? text('FlexcordCopied') : label}
    </Button>
  );
};
