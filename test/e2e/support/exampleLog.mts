import { setTimeout as delay } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { AuditLog } from '../../celonis/log.mts';
import { recordGenerator, type AuditRecord } from '../../celonis/records.mts';
import { recordAt } from '../../celonis/testRecords.mts';

const day = 24 * 60 * 60_000;

/** Chosen so that no midnight comes while a test runs, and that its days are not those of UTC. */
export function quietZone(): string {
	const zones = ['Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata'];
	const isQuiet = (zone: string) => {
		const { hour } = DateTime.now().setZone(zone);
		return hour >= 2 && hour < 22;
	};
	return zones.find(isQuiet)!;
}

/** Some 300 events a day, around each midnight of the quiet zone too, and what is hard to write down. */
export function daysOfEvents(days: number): AuditLog {
	const log = new AuditLog();
	const makeRecord = recordGenerator();
	const now = Date.now();
	for (let age = days * day; age > 60_000; age -= day / 300) log.append(makeRecord(now - age));
	const today = DateTime.now().setZone(quietZone()).startOf('day');
	for (const midnight of [today, today.minus({ days: 1 }), today.minus({ days: 7 })]) {
		for (const ms of [-1, 0]) log.append(recordAt(midnight.toMillis() + ms, 'at midnight'));
	}
	const yesterday = today.minus({ hours: 5 }).toMillis();
	for (const [index, text] of hardTexts.entries()) log.append(recordAt(yesterday + index, text));
	return log;
}

const hardTexts = [
	'He said "no", twice; then left',
	'Windows\r\nand Unix\nlines',
	'🎉 👩🏽‍💼 売掛金 ﷽',
	'=HYPERLINK("http://example.com")',
	'long '.repeat(9000),
];

/**
 * Lets things happen now: `count` events of all kinds, and a change of permissions whose name would
 * call a whole channel. Gives them, the oldest first.
 */
export async function happen(log: AuditLog, count: number): Promise<AuditRecord[]> {
	const start = Date.now() + 3000;
	const makeRecord = recordGenerator(7);
	const records = Array.from({ length: count }, (_, index) => makeRecord(start + index * 5));
	records.unshift({
		...recordAt(start),
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
