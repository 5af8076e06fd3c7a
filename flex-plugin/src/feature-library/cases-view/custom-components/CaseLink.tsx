import type { CaseSummary } from '@flexcord/shared/panel/case';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import type { CasesNavigation } from '../utils/casesLocation.ts';
import { urlFor } from '../utils/casesLocation.ts';

/** Opens a case beside the list; a real link, so that it can be copied and opened in another tab. */
export const CaseLink = ({ summary, location, navigate }: { summary: CaseSummary } & CasesNavigation) => (
  <Box
    as="a"
    href={urlFor({ ...location, caseId: summary.id })}
    aria-current={location.caseId === summary.id ? 'true' : undefined}
    onClick={(event: React.MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      navigate({ caseId: summary.id });
    }}
    color="colorTextLink"
    fontWeight="fontWeightSemibold"
    textDecoration="none"
    borderRadius="borderRadius10"
    _hover={{ textDecoration: 'underline' }}
    _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
  >
    <bdi>{summary.title}</bdi>
  </Box>
);
