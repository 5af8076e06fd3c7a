import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';

interface Props {
  file: File | null;
  onChoose: (file: File | null) => void;
}

/** Takes a spreadsheet that is dropped on it, or chosen. */
export const DropZone = ({ file, onChoose }: Props) => {
  const [isOver, setOver] = React.useState(false);
  return (
    <Box
      as="label"
      position="relative"
      display="flex"
      flexDirection="column"
      alignItems="center"
      justifyContent="center"
      rowGap="space20"
      padding="space70"
      minHeight="120px"
      textAlign="center"
      cursor="pointer"
      borderWidth="borderWidth20"
      borderStyle="dashed"
      borderColor={isOver ? 'colorBorderPrimary' : 'colorBorder'}
      borderRadius="borderRadius30"
      backgroundColor={isOver ? 'colorBackgroundPrimaryWeakest' : 'colorBackground'}
      _focusWithin={{ boxShadow: 'shadowFocus' }}
      _hover={{ borderColor: 'colorBorderPrimary' }}
      onDragOver={(event: React.DragEvent) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: React.DragEvent) => {
        event.preventDefault();
        setOver(false);
        const [dropped] = [...event.dataTransfer.files];
        if (dropped) onChoose(dropped);
      }}
    >
      <input
        type="file"
        accept=".csv,.xlsx"
        aria-label={text('FlexcordKbFile')}
        style={{ position: 'absolute', inset: 0, opacity: 0, cursor: 'pointer' }}
        // Without this, choosing the same file again after correcting it would fire no change event.
        onClick={(event) => {
          event.currentTarget.value = '';
        }}
        onChange={(event) => onChoose(event.target.files?.[0] ?? null)}
      />
      <Box as="strong" fontWeight="fontWeightSemibold">
        <bdi>{file ? file.name : text('FlexcordKbDrop_here')}</bdi>
      </Box>
      <Box as="span" color="colorTextWeak" fontSize="fontSize20">
        {text(file ? 'FlexcordKbDrop_other' : 'FlexcordKbImportHelp')}
      </Box>
    </Box>
  );
};
