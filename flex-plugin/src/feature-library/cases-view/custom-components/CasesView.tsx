import * as React from 'react';
import { ColumnChoice } from '../../../components/view/ColumnChoice.tsx';
import { DownloadButton } from '../../../components/view/DownloadButton.tsx';
import { SegmentedControl } from '../../../components/view/SegmentedControl.tsx';
import { useAfterPaint } from '../../../components/view/useAfterPaint.ts';
import { useColumns } from '../../../components/view/useColumns.ts';
import { ViewPage } from '../../../components/view/ViewPage.tsx';
import type { ViewProps } from '../../../types/view.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { useLiveCases } from '../utils/caseListQueries.ts';
import { LAYOUTS, urlFor, useCasesLocation } from '../utils/casesLocation.ts';
import { exportCases } from '../utils/exportCases.ts';
import { CaseBoard } from './CaseBoard.tsx';
import { CaseCharts } from './CaseCharts.tsx';
import { CaseFilters } from './CaseFilters.tsx';
import { CaseTable } from './CaseTable.tsx';
import { CaseTiles } from './CaseTiles.tsx';
import { caseColumns } from './caseColumns.tsx';

/** The supervisors' view of all cases; what it shows is in its address. */
export const CasesView = (props: ViewProps) => {
  useLiveCases();
  const navigation = useCasesLocation(props);
  const { location, navigate } = navigation;
  const { layout, caseId, filters } = location;
  const columns = useColumns('cases', caseColumns(navigation));
  const close = () => navigate({ caseId: null });
  const content = useAfterPaint(
    urlFor(location),
    layout === 'charts' ? (
      <CaseCharts {...navigation} />
    ) : layout === 'board' ? (
      <CaseBoard {...navigation} />
    ) : (
      <CaseTable {...navigation} columns={columns} />
    ),
  );
  return (
    <ViewPage
      title={text('FlexcordCasesHeading')}
      aside={
        <SegmentedControl
          label={text('FlexcordCasesLayout')}
          options={LAYOUTS.filter((id) => id !== 'charts' || isSupervisor()).map((id) => ({
            id,
            label: text(`FlexcordCasesLayout_${id}`),
          }))}
          selected={layout}
          onSelect={(id) => navigate({ layout: id })}
        />
      }
      actions={
        isSupervisor() ? (
          <DownloadButton onDownload={() => exportCases(filters)}>
            {text('FlexcordViewExport', { format: 'CSV' })}
          </DownloadButton>
        ) : null
      }
      shortcuts={layout === 'board' ? [[['Shift', '←', '→'], text('FlexcordCasesKey_move')]] : []}
      detail={
        caseId
          ? {
              label: text('FlexcordCasesDetail', { number: caseId }),
              onClose: close,
              content: (
                <props.CaseDetail
                  key={caseId}
                  caseId={caseId}
                  backLabel={text('FlexcordCasesCloseDetail')}
                  onBack={close}
                />
              ),
            }
          : null
      }
    >
      <CaseTiles {...navigation} />
      {layout === 'charts' ? null : (
        <CaseFilters {...navigation}>
          {layout === 'table' ? <ColumnChoice columns={columns} /> : null}
        </CaseFilters>
      )}
      {content}
    </ViewPage>
  );
};
