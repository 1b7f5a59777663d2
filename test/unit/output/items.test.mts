import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatEvent } from '../../../nodes/Celonis/output/items';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { createEvent } from '../../support/events.mts';
import { rawRecords } from '../records/arbitraries.mts';

const { formatters } = auditLog;
const timestamp = '2026-02-02T14:52:10.903Z';

describe('formatEvent', () => {
	it('returns the record exactly as received', () => {
		fc.assert(
			fc.property(rawRecords, (raw) => {
				const sent = structuredClone(raw);
				expect(formatEvent(createEvent(auditLog, raw), { format: formatters.raw })).toEqual(sent);
			}),
		);
	});

	it('keeps all fields of the record, in their order, and adds four', () => {
		fc.assert(
			fc.property(rawRecords, (raw) => {
				const { eventId, team, category, actor, ...rest } = formatEvent(
					createEvent(auditLog, raw),
					{
						format: formatters.event,
					},
				);
				expect(JSON.stringify(rest)).toBe(JSON.stringify(raw));
				expect(eventId).toMatch(/^[0-9a-f]{32}$/);
				expect(team).toBe('acme.eu-1.celonis.cloud');
				expect(['Admin and Settings', 'Other']).toContain(category);
				expect(actor).toEqual(expect.objectContaining({ type: expect.any(String) }));
			}),
		);
	});

	it('keeps a field of Celonis with the name of an added one', () => {
		const raw = { timestamp, eventId: 'own', team: 'own', category: 'own', actor: 'own' };
		expect(formatEvent(createEvent(auditLog, raw), { format: formatters.event })).toEqual(raw);
	});

	it.each([undefined, null, '', '  '])('fills a field that Celonis sent empty: %p', (empty) => {
		const raw = { timestamp, eventId: empty, team: empty, category: empty, actor: empty };
		expect(formatEvent(createEvent(auditLog, raw), { format: formatters.event })).toMatchObject({
			eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
			team: 'acme.eu-1.celonis.cloud',
			category: 'Other',
			actor: { type: 'unknown' },
		});
	});
});
