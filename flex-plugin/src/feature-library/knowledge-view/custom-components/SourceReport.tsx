import type { ImportReport } from '@flexcord/shared/panel/library';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';

type Line = { key: string; words: string };

/** What the last reading of a source changed, and what it refused and why. */
export const SourceReport = ({ report }: { report: ImportReport }) => {
  const [isOpen, setOpen] = React.useState(false);
  const counts = [
    [text('FlexcordKbCreated'), report.created],
    [text('FlexcordKbUpdated'), report.updated],
    [text('FlexcordKbUnchanged'), report.unchanged],
    [text('FlexcordKbSourceWithdrawn'), report.withdrawn.length],
    [text('FlexcordKbSourceProposed'), report.proposed.length],
    [text('FlexcordKbSourceRefused'), report.broken.length + report.skipped.length],
  ] as const;
  const lines: Line[] = [
    ...report.changes.map(({ is, title, id }) => ({
      key: `c-${id}`,
      words: `${text(is === 'created' ? 'FlexcordKbCreated' : 'FlexcordKbUpdated')}: ${title}`,
    })),
    ...(['withdrawn', 'proposed', 'broken', 'skipped'] as const).flatMap((list) =>
      report[list].map(({ where, reason }, index) => ({
        key: `${list}-${index}`,
        words: `${where}: ${reason}`,
      })),
    ),
  ];
  return (
    <Box marginTop="space30">
      <Column gap="space20">
        <SecondaryText>
          {counts.map(([name, count]) => `${name}: ${formatNumber(count)}`).join(' · ')}
        </SecondaryText>
        {lines.length > 0 ? (
          <div>
            <Button variant="link" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {text(isOpen ? 'FlexcordKbHideReading' : 'FlexcordKbShowReading')}
            </Button>
          </div>
        ) : null}
        {isOpen ? (
          <Box as="ul" margin="space0" paddingLeft="space60" color="colorTextWeak">
            {lines.map(({ key, words }) => (
              <li key={key} style={{ listStyleType: 'disc', overflowWrap: 'anywhere' }}>
                <bdi>{words}</bdi>
              </li>
            ))}
          </Box>
        ) : null}
      </Column>
    </Box>
  );
};
