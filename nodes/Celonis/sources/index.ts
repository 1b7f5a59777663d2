import { auditLog } from './auditLog';
import { loginHistory } from './loginHistory';
import type { Source, SourceName } from './source';

/** All logs, by their key in saved workflows. */
export const SOURCES = { auditLog, loginHistory } as const satisfies Readonly<
	Record<SourceName, Source>
>;

export type { SourceName } from './source';
