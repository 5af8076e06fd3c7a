import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { notifyError, notifySuccess } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';

/** What supervisors do with what may become an article: write it, or put it away, which is asked about first. */
export const CandidateButtons = ({
  onDismiss,
  onWrite,
}: {
  onDismiss: () => Promise<unknown>;
  onWrite: () => void;
}) => {
  const [step, setStep] = React.useState<'idle' | 'confirming' | 'busy'>('idle');
  const dismiss = () => {
    setStep('busy');
    void onDismiss().then(
      () => notifySuccess(),
      (error) => {
        notifyError(error);
        setStep('idle');
      },
    );
  };
  return (
    <Box flexShrink={0} display="flex" columnGap="space30" alignItems="center">
      {step === 'idle' ? (
        <>
          <Button variant="link" size="small" onClick={() => setStep('confirming')}>
            {text('FlexcordKbDismiss')}
          </Button>
          <Button variant="secondary" size="small" onClick={onWrite}>
            {text('FlexcordKbWriteArticle')}
          </Button>
        </>
      ) : (
        <>
          <span role="status">{text('FlexcordKbDismissSure')}</span>
          <Button variant="destructive" size="small" disabled={step === 'busy'} onClick={dismiss}>
            {text('FlexcordKbDismissYes')}
          </Button>
          <Button variant="secondary" size="small" disabled={step === 'busy'} onClick={() => setStep('idle')}>
            {text('FlexcordKbDismissNo')}
          </Button>
        </>
      )}
    </Box>
  );
};
