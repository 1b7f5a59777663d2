import fc from 'fast-check';
import { parseCursor } from '../../../nodes/Celonis/delivery/cursorCodec';
import { parseTimestamp } from '../../../nodes/Celonis/records/timestamp';
import { parseUserId } from '../../../nodes/Celonis/sources/auditLog/userId';
import { createParameterReader } from '../../support/parameterReader';
import { check, orParameterError } from './check.mts';
import type { Properties } from './check.mts';
import * as inputs from '../inputs.mts';

/** Times, actors and saved state. */
export const valueProperties: Properties = {
	timestamps: fc.property(
		fc.oneof(
			inputs.joinedTexts('2026', '-06-01', 'T', '08:00', ':00', '.123', 'Z', '+02:00', ' '),
			fc.anything(),
		),
		(value) => {
			const ms = parseTimestamp(value);
			check(ms === undefined || Number.isFinite(ms), `${String(ms)} is not a time`);
		},
	),

	'date parameters': fc.property(
		fc.oneof(
			inputs.joinedTexts('2026', '-06-01', 'T', '08:00', ' ', 'now', '1780000000'),
			inputs.jsonValues,
		),
		(value) => {
			const ms = orParameterError(() =>
				createParameterReader({ from: value }).getDateTime('From', 'from', 'start'),
			);
			check(ms === undefined || Number.isFinite(ms), `${String(ms)} is not a time`);
		},
	),

	actors: fc.property(
		fc.oneof(
			inputs.joinedTexts('u-1', ' ', '(', ')', '@', 'SYSTEM', 'ada@example.com'),
			fc.anything(),
		),
		(value) => {
			const { type } = parseUserId(value);
			check(['user', 'system', 'unknown'].includes(type), type);
		},
	),

	'saved cursors: valid, none, or unreadable': fc.property(
		fc.oneof(
			inputs.jsonValues,
			fc.record({
				v: fc.constantFrom(1, 2, 2, 2, 3, '1'),
				team: fc.constantFrom('team.example', 'other.example', 7),
				lastPoll: fc.option(inputs.jsonValues, { nil: undefined }),
				newest: fc.option(inputs.jsonValues, { nil: undefined }),
				otherTeams: fc.option(inputs.jsonValues, { nil: undefined }),
				floor: fc.oneof(fc.integer(), fc.string()),
				read: fc.oneof(
					inputs.jsonValues,
					fc.array(fc.tuple(fc.integer(), fc.integer(), fc.oneof(fc.integer(), fc.constant(null)))),
				),
				seen: inputs.jsonValues,
				lastBatch: fc.option(inputs.jsonValues, { nil: undefined }),
			}),
		),
		(value) => {
			const found = parseCursor(value, 'team.example');
			if (found.kind !== 'cursor') return;
			check(Number.isFinite(found.cursor.lowWatermark.ms), 'the low watermark is not a number');
			check([...found.cursor.seen.values()].every(Number.isFinite), 'an event has no time');
		},
	),
};
