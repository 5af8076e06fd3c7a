import * as React from 'react';

import { text } from '../utils/strings.ts';

/** Shows a message in the place of its children when rendering them throws, so that Flex itself goes on. */
export class ErrorBoundary extends React.Component<unknown, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error) {
    console.error('plugin-flexcord: rendering failed', error);
  }

  override render() {
    return this.state.failed ? <p role="alert">{text('FlexcordPanelFailed')}</p> : this.props.children;
  }
}
