import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignEventIds } from '../../../nodes/Celonis/records/eventId';
import { formatEvent } from '../../../nodes/Celonis/output/items';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { rawRecords } from '../records/arbitraries.mts';

const { identityFields, formats } = auditLog;

const eventOf = (raw: Record<string, unknown>) => {
	const [event] = assignEventIds([{ raw, timestampMs: 0 }], identityFields);
	if (!event) throw new Error('no event');
	return event;
};

describe('formatEvent', () => {
	it('gives the raw record exactly as received', () => {
		fc.assert(
			fc.property(rawRecords, (raw) => {
				expect(formatEvent(eventOf(raw), { format: formats.raw })).toEqual(raw);
			}),
		);
	});

	it('keeps every field of the record, in its order, and adds three', () => {
		fc.assert(
			fc.property(rawRecords, (raw) => {
				const { eventId, category, actor, ...rest } = formatEvent(eventOf(raw), {
					format: formats.event,
				});
				expect(JSON.stringify(rest)).toBe(JSON.stringify(raw));
				expect(eventId).toMatch(/^[0-9a-f]{32}$/);
				expect(['Admin and Settings', 'Other']).toContain(category);
				expect(actor).toEqual(expect.objectContaining({ type: expect.any(String) }));
			}),
		);
	});

	it('lets a field of Celonis stay where it has the name of an added one', () => {
		const raw = { timestamp: 'x', eventId: 'own', category: 'own', actor: 'own' };
		expect(formatEvent(eventOf(raw), { format: formats.event })).toEqual(raw);
	});

	it.each([undefined, null, '', '  '])('fills in what Celonis left empty (%p)', (empty) => {
		const raw = { timestamp: 'x', eventId: empty, category: empty, actor: empty };
		expect(formatEvent(eventOf(raw), { format: formats.event })).toMatchObject({
			eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
			category: 'Other',
			actor: { type: 'unknown' },
		});
	});
});
