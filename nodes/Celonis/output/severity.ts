/** How bad an event is. */
export type SeverityLevel = 'unknown' | 'informational' | 'low' | 'medium' | 'high' | 'critical';

/** A level, and why an event has it, in a word or two. */
export interface Severity {
	readonly level: SeverityLevel;
	readonly reason: string;
}

/**
 * OCSF's `severity_id` and its name. ECS has a number without a scale of its own, `event.severity`:
 * it is the same, so that a rule means the same in both schemas.
 */
export const SEVERITIES: Readonly<
	Record<SeverityLevel, { readonly id: number; readonly name: string }>
> = {
	unknown: { id: 0, name: 'Unknown' },
	informational: { id: 1, name: 'Informational' },
	low: { id: 2, name: 'Low' },
	medium: { id: 3, name: 'Medium' },
	high: { id: 4, name: 'High' },
	critical: { id: 5, name: 'Critical' },
};
