import type { Upload } from '../state/attachments.ts';

/** A file as a member attaches it. */
export interface FileInput {
  name: string;
  /** Text is sent as UTF-8. */
  data: string | Uint8Array;
  contentType?: string;
  description?: string;
  /** Voice messages: length in seconds. */
  durationSecs?: number;
  waveform?: string;
  /** Hidden until somebody presses it. */
  spoiler?: boolean;
}

export function toUpload(file: FileInput): Upload {
  const data =
    typeof file.data === 'string' ? new TextEncoder().encode(file.data) : new Uint8Array(file.data);
  return { ...file, data };
}

export function toUploads(files: readonly FileInput[] = []): Map<string, Upload> {
  return new Map(files.map((file, index) => [String(index), toUpload(file)]));
}
