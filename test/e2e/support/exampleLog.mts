import { setTimeout as delay } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { AuditLog } from '../../celonis/log.mts';
import { createRecordGenerator, type AuditRecord } from '../../celonis/records.mts';
import { createRecord } from '../../celonis/testRecords.mts';
import { DAY_MS } from '../../support/durations.mts';

/** A time zone without a midnight during the test, whose days differ from those of UTC. */
export function findQuietZone(): string {
	const zones = ['Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata'];
	const isQuiet = (zone: string) => {
		const { hour } = DateTime.now().setZone(zone);
		return hour >= 2 && hour < 22;
	};
	return zones.find(isQuiet)!;
}

/** Some 300 events per day, also around each midnight of the quiet zone, and texts that are hard to escape. */
export function createLogOfDays(days: number): AuditLog {
	const log = new AuditLog();
	const makeRecord = createRecordGenerator();
	const now = Date.now();
	for (let age = days * DAY_MS; age > 60_000; age -= DAY_MS / 300)
		log.append(makeRecord(now - age));
	const today = DateTime.now().setZone(findQuietZone()).startOf('day');
	for (const midnight of [today, today.minus({ days: 1 }), today.minus({ days: 7 })]) {
		for (const ms of [-1, 0]) log.append(createRecord(midnight.toMillis() + ms, 'at midnight'));
	}
	const yesterday = today.minus({ hours: 5 }).toMillis();
	for (const [index, text] of HARD_TEXTS.entries())
		log.append(createRecord(yesterday + index, text));
	return log;
}

/**
 * Appends some 300 events of the last calendar month of the quiet zone, also at its edges, texts that are hard to escape, and
 * an actor whose name is a formula.
 */
export function appendLastMonth(log: AuditLog): void {
	const end = DateTime.now().setZone(findQuietZone()).startOf('month');
	const [startMs, endMs] = [end.minus({ months: 1 }).toMillis(), end.toMillis()];
	for (const ms of [startMs - 1, startMs, endMs - 1, endMs]) {
		log.append(createRecord(ms, 'at the edge of a month'));
	}
	const makeRecord = createRecordGenerator(11);
	for (let ms = startMs + DAY_MS; ms < endMs - DAY_MS; ms += DAY_MS / 10) {
		log.append(makeRecord(ms));
	}
	for (const [index, text] of HARD_TEXTS.entries()) {
		log.append({ ...createRecord(endMs - DAY_MS + index, text), userId: text.slice(0, 100) });
	}
}

const HARD_TEXTS = [
	'He said "no", twice; then left',
	'Windows\r\nand Unix\nlines',
	'🎉 👩🏽‍💼 売掛金 ﷽',
	'=HYPERLINK("http://example.com")',
	'long '.repeat(9000),
];

/**
 * Appends `count` events of all kinds, some of them long, and a change of permissions whose name would mention a whole chat
 * channel. Returns them, oldest first.
 */
export async function appendEvents(log: AuditLog, count: number): Promise<AuditRecord[]> {
	const start = Date.now() + 3000;
	const makeRecord = createRecordGenerator(7);
	const records = Array.from({ length: count }, (_, index) => makeRecord(start + index * 5));
	for (let i = 0; i < count; i += 40) {
		records[i] = { ...records[i]!, diffPayload: { oldValue: 'long '.repeat(9000), newValue: '' } };
	}
	records.unshift({
		...createRecord(start),
		userId: '7d2f4c1e-5b1a-4b62-9a53-0c1d2e3f4a5b (ada@example.com)',
		event: 'PERMISSIONS_UPDATE',
		message: {
			subject_description: '<!channel> & friends',
			object_description: 'Order to Cash',
			old_permissions: ['READ'],
			new_permissions: ['ADMIN', 'READ'],
		},
	});
	await delay(start - Date.now() - 1500);
	for (const record of records) log.append(record);
	return records.sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
}
