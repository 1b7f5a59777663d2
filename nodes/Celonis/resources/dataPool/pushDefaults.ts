import type { LongText } from './table';

export const DEFAULT_LONG_TEXT: LongText = 'truncate';
export const DEFAULT_KEYS = 'eventId';
export const DEFAULT_JOB_TIMEOUT_SECONDS = 600;
export const DEFAULT_CHUNK_MEGABYTES = 8;
export const MAX_CHUNK_MEGABYTES = 500;
