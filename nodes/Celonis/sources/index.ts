import { auditLog } from './auditLog';
import { loginHistory } from './loginHistory';
import type { Source } from './source';

/** Every log that can be read, by the name that saved workflows know it by. */
export const SOURCES = { auditLog, loginHistory } as const satisfies Readonly<
	Record<string, Source>
>;

export type SourceName = keyof typeof SOURCES;
