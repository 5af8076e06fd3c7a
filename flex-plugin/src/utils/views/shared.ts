import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Box, safelySpreadBoxProps } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import { Label } from '@twilio-paste/core/label';
import { Option, Select } from '@twilio-paste/core/select';
import { SkeletonLoader } from '@twilio-paste/core/skeleton-loader';
import { TextArea } from '@twilio-paste/core/textarea';

import { CaseDetailView } from '../../feature-library/discord-panel/custom-components/CaseDetailView.tsx';
import { notifyDone, notifyFailed } from '../../feature-library/discord-panel/custom-components/notify.ts';
import { QueryState } from '../../feature-library/discord-panel/custom-components/QueryState.tsx';
import {
  Card,
  Chip,
  Column,
  formatDate,
  Row,
  SectionTitle,
  Weak,
} from '../../feature-library/discord-panel/custom-components/ui.tsx';
import { Highlighted, Words } from '../../feature-library/discord-panel/custom-components/Words.tsx';
import { authorization, BridgeProblem, bridgeUrl, get, post, request } from '../bridge/client.ts';
import { followPanelEvents } from '../bridge/live.ts';
import { useAgents, useCase, useFields } from '../bridge/queries.ts';
import { applyPanelEvent, keys, queryClient } from '../bridge/queryClient.ts';
import { flexLanguage, registerStrings, text } from '../strings.ts';
import { useDebounced } from '../useDebounced.ts';
import type { sharedNames } from './shared-names.ts';

type Names = typeof sharedNames;
/** Neither more nor less than the list says. */
type Shared = Record<Names[keyof Names][number], unknown>;

export const shared: Shared = {
  applyPanelEvent,
  authorization,
  Box,
  BridgeProblem,
  bridgeUrl,
  Card,
  CaseDetailView,
  Chip,
  Column,
  flexLanguage,
  followPanelEvents,
  formatDate,
  get,
  Highlighted,
  Input,
  keys,
  Label,
  notifyDone,
  notifyFailed,
  Option,
  post,
  queryClient,
  QueryState,
  registerStrings,
  request,
  Row,
  safelySpreadBoxProps,
  SectionTitle,
  Select,
  SkeletonLoader,
  text,
  TextArea,
  useAgents,
  useCase,
  useDebounced,
  useFields,
  useInfiniteQuery,
  useMutation,
  useQuery,
  Weak,
  Words,
};
