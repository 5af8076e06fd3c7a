import * as Flex from '@twilio/flex-ui';
import * as React from 'react';

import { text } from '../utils/strings.ts';
import { LazyView } from './LazyView.tsx';

interface NewView {
  /** A key of what `views.ts` registers; the view's path in Flex is `flexcord-<view>`. */
  view: string;
  /** Key of the text beside the icon. */
  label: string;
  icon: React.ReactElement;
}

interface LinkProps extends NewView {
  /** Flex passes this and `showLabel`. */
  activeView?: string;
  showLabel?: boolean;
}

const Link = ({ view, label, icon, activeView, showLabel }: LinkProps) => {
  const viewName = `flexcord-${view}`;
  return (
    <Flex.SideLink
      icon={icon}
      iconActive={icon}
      showLabel={showLabel}
      // The collapsed navigation shows no text for screen readers to read.
      aria-label={text(label)}
      isActive={activeView === viewName}
      onClick={() => void Flex.Actions.invokeAction('NavigateToView', { viewName })}
    >
      {text(label)}
    </Flex.SideLink>
  );
};

/** Adds a view and its entry in the side navigation. */
export function addView(added: NewView): void {
  const { view } = added;
  const name = `flexcord-${view}`;
  Flex.SideNav.Content.add(<Link key={name} {...added} />);
  Flex.ViewCollection.Content.add(
    <Flex.View key={name} name={name}>
      <LazyView view={view} />
    </Flex.View>,
  );
}
