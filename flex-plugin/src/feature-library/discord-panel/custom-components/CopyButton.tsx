import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { notifyFailed } from './notify.ts';

interface Props {
  value: string;
  label: string;
  /** What is copied, for those who do not see it beside the button. */
  about?: string;
}

export const CopyButton = ({ value, label, about }: Props) => {
  const [copied, setCopied] = React.useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch (error) {
      notifyFailed(error);
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
