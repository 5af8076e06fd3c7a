import type { ImportMapping, ImportReport } from '@flexcord/shared/panel/library';
import { ARTICLE_LANGUAGES, MAX_IMPORT_FILE_BYTES } from '@flexcord/shared/panel/library-constants';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { SkeletonLoader } from '@twilio-paste/core/skeleton-loader';
import * as React from 'react';

import { Callout } from '../../../components/Callout.tsx';
import { Column } from '../../../components/Column.tsx';
import { FocusKeeper } from '../../../components/FocusKeeper.tsx';
import { PageHeader } from '../../../components/PageHeader.tsx';
import { Row } from '../../../components/Row.tsx';
import { SelectField } from '../../../components/SelectField.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { LabelledCheckbox } from '../../../components/view/Checkbox.tsx';
import { languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { unknownColumnsOf } from '../utils/importProblem.ts';
import { downloadTemplate } from '../utils/importTemplate.ts';
import { type ImportOptions, importFile } from '../utils/libraryQueries.ts';
import { navigateTo } from '../utils/navigation.ts';
import { reasonOf } from '../utils/useArticleEditing.ts';
import { ColumnMapping } from './ColumnMapping.tsx';
import { DropZone } from './DropZone.tsx';
import { ImportReportView } from './ImportReportView.tsx';

type Options = Omit<ImportOptions, 'dryRun'>;

interface State {
  report?: ImportReport;
  problem?: string;
  busy?: boolean;
}

/** Imports a spreadsheet. A dry run first shows what would change; nothing changes before it is confirmed. */
export const ImportPage = () => {
  const [file, setFile] = React.useState<File | null>(null);
  const [options, setOptions] = React.useState<Options>({});
  const [state, setState] = React.useState<State>({});
  /** They stay while the file is read again. */
  const [columns, setColumns] = React.useState<ImportReport['columns']>([]);
  // A response to an earlier choice of file or options is ignored.
  const latestRequest = React.useRef(0);

  const run = async (newFile: File, newOptions: Options, dryRun: boolean) => {
    latestRequest.current += 1;
    const requestNumber = latestRequest.current;
    setState({ busy: true });
    try {
      const report = await importFile(newFile, { ...newOptions, dryRun: dryRun ? 'true' : 'false' });
      if (latestRequest.current !== requestNumber) return;
      setState({ report });
      setColumns(report.columns);
    } catch (error) {
      if (latestRequest.current !== requestNumber) return;
      setState({ problem: reasonOf(error) });
      const unknown = unknownColumnsOf(error);
      if (unknown.length > 0)
        setColumns(unknown.map((name) => ({ name, field: newOptions.columns?.[name] ?? null, example: '' })));
    }
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
  const chooseFile = (newFile: File | null) => {
    // The columns of another file have nothing to do with these.
    setColumns([]);
    choose(newFile, { ...options, columns: undefined });
  };
  const map = (change: ImportMapping) =>
    choose(file, { ...options, columns: { ...options.columns, ...change } });

  const { report, problem, busy = false } = state;
  const isDone = report?.dryRun === false;
  return (
    <FocusKeeper>
      <Box padding="space60" maxWidth="1000px" overflowWrap="anywhere">
        <Column gap="space60">
          <Column gap="space30">
            <div>
              <TextButton onClick={() => navigateTo({ name: 'overview' })}>
                {text('FlexcordKbBack')}
              </TextButton>
            </div>
            <PageHeader takesFocus title={text('FlexcordKbImportTitle')}>
              <Button variant="secondary" size="small" onClick={downloadTemplate}>
                {text('FlexcordKbImportTemplate')}
              </Button>
            </PageHeader>
          </Column>
          <DropZone file={file} onChoose={chooseFile} />
          <ImportOptionFields options={options} onChange={(changed) => choose(file, changed)} />
          {columns.length > 0 && !isDone ? (
            <ColumnMapping columns={columns} disabled={busy} onMap={map} />
          ) : null}
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
            <ImportButton report={report} onImport={() => void run(file, options, false)} />
          ) : null}
        </Column>
      </Box>
    </FocusKeeper>
  );
};

const ImportButton = ({ report, onImport }: { report: ImportReport; onImport: () => void }) => {
  const changes = report.created + report.updated + report.withdrawn.length;
  return (
    <div>
      {report.dryRun ? (
        <Button variant="primary" size="small" disabled={changes === 0} onClick={onImport}>
          {text('FlexcordKbImportNow', { count: changes })}
        </Button>
      ) : (
        <Button variant="primary" size="small" onClick={() => navigateTo({ name: 'overview' })}>
          {text('FlexcordKbImportDone')}
        </Button>
      )}
    </div>
  );
};

const ImportOptionFields = ({
  options,
  onChange,
}: {
  options: Options;
  onChange: (options: Options) => void;
}) => (
  <Box
    display="grid"
    gridTemplateColumns="repeat(auto-fit, minmax(220px, 1fr))"
    columnGap="space50"
    rowGap="space40"
    alignItems="end"
  >
    <SelectField
      id="flexcord-kb-import-language"
      label={text('FlexcordKbImportLanguage')}
      value={options.language ?? ''}
      options={[
        ['', text('FlexcordKbImportGuess')],
        ...ARTICLE_LANGUAGES.map((value) => [value, languageName(value)] as const),
      ]}
      onChange={(value) => onChange({ ...options, language: (value || undefined) as Options['language'] })}
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
      onChange={(value) => onChange({ ...options, status: (value || undefined) as Options['status'] })}
    />
    <LabelledCheckbox
      checked={options.withdrawGone === 'true'}
      onChange={(isChecked) => onChange({ ...options, withdrawGone: isChecked ? 'true' : undefined })}
    >
      {text('FlexcordKbWithdrawGone')}
    </LabelledCheckbox>
  </Box>
);
