import * as React from 'react';

const STYLE = `
.flexcord-charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px}
.flexcord-wide{grid-column:1/-1}
@media (max-width: 900px){.flexcord-charts{grid-template-columns:minmax(0,1fr)}}`;

/** Lays charts out two beside each other, a wide one over both columns. */
export const ChartGrid: React.FC = ({ children }) => (
  <div className="flexcord-charts">
    <style>{STYLE}</style>
    {children}
  </div>
);
