import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Box, safelySpreadBoxProps } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import { Label } from '@twilio-paste/core/label';
import { Option, Select } from '@twilio-paste/core/select';
import { SkeletonLoader } from '@twilio-paste/core/skeleton-loader';
import { TextArea } from '@twilio-paste/core/textarea';

import { Card } from '../components/Card.tsx';
import { Chip } from '../components/Chip.tsx';
import { Column } from '../components/Column.tsx';
import { AUTOFOCUS, FocusKeeper } from '../components/FocusKeeper.tsx';
import { FormField } from '../components/FormField.tsx';
import { Highlight } from '../components/Highlight.tsx';
import { PagedList } from '../components/PagedList.tsx';
import { QueryState } from '../components/QueryState.tsx';
import { Row } from '../components/Row.tsx';
import { SecondaryText } from '../components/SecondaryText.tsx';
import { SectionHeading } from '../components/SectionHeading.tsx';
import { SelectField } from '../components/SelectField.tsx';
import { Tabs } from '../components/Tabs.tsx';
import { TranscriptToggle } from '../components/TranscriptToggle.tsx';
import { UserText } from '../components/UserText.tsx';
import { createStore, useStore } from '../hooks/store.ts';
import { useAction } from '../hooks/useAction.ts';
import { useDebounced } from '../hooks/useDebounced.ts';
import { useDraft } from '../hooks/useDraft.ts';
import { useLiveUpdates } from '../hooks/useLiveUpdates.ts';
import { authorization, BridgeProblem, bridgeUrl, get, post, request } from '../utils/bridge/client.ts';
import { cacheCase, keys, newestCase, queryClient } from '../utils/bridge/queryClient.ts';
import { invokeAction } from '../utils/invokeAction.ts';
import { CommonNotification, notify, notifyError, notifySuccess } from '../utils/notifications.ts';
import { isSupervisor } from '../utils/permissions.ts';
import { flexLanguage, registerStrings, text } from '../utils/strings.ts';
import { pluginVersion } from '../utils/version.ts';
import type { sharedModuleNames } from './sharedModuleNames.ts';

type Names = typeof sharedModuleNames;
/** Exactly the names of the list. */
type SharedModules = Record<Names[keyof Names][number], unknown>;

export const sharedModules: SharedModules = {
  authorization,
  Box,
  BridgeProblem,
  bridgeUrl,
  Card,
  cacheCase,
  Chip,
  Column,
  CommonNotification,
  createStore,
  AUTOFOCUS,
  FocusKeeper,
  flexLanguage,
  FormField,
  get,
  Highlight,
  Input,
  invokeAction,
  isSupervisor,
  keys,
  Label,
  newestCase,
  notify,
  notifyError,
  notifySuccess,
  Option,
  PagedList,
  pluginVersion,
  post,
  queryClient,
  QueryState,
  registerStrings,
  request,
  Row,
  safelySpreadBoxProps,
  SecondaryText,
  SectionHeading,
  Select,
  SelectField,
  SkeletonLoader,
  Tabs,
  text,
  TextArea,
  useAction,
  useDebounced,
  useDraft,
  useInfiniteQuery,
  useLiveUpdates,
  useMutation,
  useQuery,
  TranscriptToggle,
  UserText,
  useStore,
};
