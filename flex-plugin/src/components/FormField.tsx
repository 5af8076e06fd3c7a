import { Box } from '@twilio-paste/core/box';
import { Label } from '@twilio-paste/core/label';
import * as React from 'react';

/** A labelled form control; `id` is that of the control, and its help text has the id `<id>-help`. */
export const FormField: React.FC<{ id: string; label: string; help?: string; required?: boolean }> = ({
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
