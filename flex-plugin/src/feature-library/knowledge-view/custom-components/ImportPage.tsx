import type { ImportReport } from '@flexcord/shared/panel/library';
import { ARTICLE_LANGUAGES, MAX_IMPORT_FILE_BYTES } from '@flexcord/shared/panel/library-constants';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { SkeletonLoader } from '@twilio-paste/core/skeleton-loader';
import * as React from 'react';

import { Callout } from '../../../components/Callout.tsx';
import { Column } from '../../../components/Column.tsx';
import { FormField } from '../../../components/FormField.tsx';
import { PageHeader } from '../../../components/PageHeader.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SelectField } from '../../../components/SelectField.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { formatNumber, languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { type ImportOptions, importFile } from '../utils/libraryQueries.ts';
import { navigateTo } from '../utils/navigation.ts';
import { reasonOf } from '../utils/useArticleEditing.ts';
import { ImportReportView } from './ImportReportView.tsx';

type Options = Omit<ImportOptions, 'dryRun'>;

/** Imports a spreadsheet. A dry run first shows what would change; nothing changes before it is confirmed. */
export const ImportPage = () => {
  const [file, setFile] = React.useState<File | null>(null);
  const [options, setOptions] = React.useState<Options>({});
  const [state, setState] = React.useState<{ report?: ImportReport; problem?: string; busy?: boolean }>({});
  // A response to an earlier choice of file or options is ignored.
  const latestRequest = React.useRef(0);

  const run = async (newFile: File, newOptions: Options, dryRun: boolean) => {
    latestRequest.current += 1;
    const requestNumber = latestRequest.current;
    setState({ busy: true });
    const next = await importFile(newFile, { ...newOptions, dryRun: dryRun ? 'true' : 'false' }).then(
      (report) => ({ report }),
      (error) => ({ problem: reasonOf(error) }),
    );
    if (latestRequest.current === requestNumber) setState(next);
  };
  React.useEffect(
    () => () => {
      latestRequest.current += 1;
    },
    [],
  );
  const choose = (newFile: File | null, newOptions: Options) => {
    setFile(newFile);
    setOptions(newOptions);
    if (!newFile) setState({});
    else if (newFile.size > MAX_IMPORT_FILE_BYTES) setState({ problem: text('FlexcordKbFileTooLarge') });
    else void run(newFile, newOptions, true);
  };

  const { report, problem, busy } = state;
  const changes = report ? report.created + report.updated : 0;
  return (
    <Box padding="space60" maxWidth="1000px">
      <Column gap="space60">
        <Column gap="space30">
          <div>
            <TextButton onClick={() => navigateTo({ name: 'overview' })}>{text('FlexcordKbBack')}</TextButton>
          </div>
          <PageHeader takesFocus title={text('FlexcordKbImportTitle')} />
          <SecondaryText>{text('FlexcordKbImportHelp')}</SecondaryText>
        </Column>
        <Box display="grid" gridTemplateColumns="2fr 1fr 1fr" columnGap="space50" alignItems="end">
          <FormField id="flexcord-kb-file" label={text('FlexcordKbFile')}>
            <input
              id="flexcord-kb-file"
              type="file"
              accept=".csv,.xlsx"
              style={{ display: 'block', boxSizing: 'border-box', width: '100%', height: 36, paddingTop: 6 }}
              // Without this, choosing the same file again after correcting it would fire no change event.
              onClick={(event) => {
                event.currentTarget.value = '';
              }}
              onChange={(event) => choose(event.target.files?.[0] ?? null, options)}
            />
          </FormField>
          <SelectField
            id="flexcord-kb-import-language"
            label={text('FlexcordKbImportLanguage')}
            value={options.language ?? ''}
            options={[
              ['', text('FlexcordKbImportGuess')],
              ...ARTICLE_LANGUAGES.map((value) => [value, languageName(value)] as const),
            ]}
            onChange={(value) =>
              choose(file, { ...options, language: (value || undefined) as Options['language'] })
            }
          />
          <SelectField
            id="flexcord-kb-import-status"
            label={text('FlexcordKbImportStatus')}
            value={options.status ?? ''}
            options={[
              ['', text('FlexcordKbImportAsTheySay')],
              ['draft', text('FlexcordKbStatus_draft')],
              ['published', text('FlexcordKbStatus_published')],
            ]}
            onChange={(value) =>
              choose(file, { ...options, status: (value || undefined) as Options['status'] })
            }
          />
        </Box>
        {busy ? (
          <Column gap="space30">
            <span role="status">{text('FlexcordKbReadingFile')}</span>
            <SkeletonLoader width="60%" />
            <SkeletonLoader width="40%" />
          </Column>
        ) : null}
        {problem ? (
          <Callout variant="error" role="alert">
            <Row>
              <span>{problem}</span>
              {file && file.size <= MAX_IMPORT_FILE_BYTES ? (
                <TextButton onClick={() => choose(file, options)}>{text('FlexcordKbReadAgain')}</TextButton>
              ) : null}
            </Row>
          </Callout>
        ) : null}
        {report ? <ImportReportView report={report} /> : null}
        {report && file ? (
          <Row>
            {report.dryRun ? (
              <Button
                variant="primary"
                size="small"
                disabled={changes === 0}
                onClick={() => void run(file, options, false)}
              >
                {text('FlexcordKbImportNow', { count: formatNumber(changes) })}
              </Button>
            ) : (
              <Button variant="primary" size="small" onClick={() => navigateTo({ name: 'overview' })}>
                {text('FlexcordKbImportDone')}
              </Button>
            )}
          </Row>
        ) : null}
      </Column>
    </Box>
  );
};
