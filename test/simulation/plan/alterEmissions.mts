import type { Random } from '../../celonis/random.mts';
import {
	mayDateBeAhead,
	type Anomalies,
	type RecordAnomalies,
	type SetBack,
} from './anomalies.mts';
import type { Emission } from './emissions.mts';
import { TIMESTAMP_FORMS, type TimestampForm } from '../../celonis/timestampForms.mts';
import { omitFields } from '../../support/omitFields.mts';

type Fields = Record<string, unknown>;

/** Changes the events of a log as the anomalies of a run require. */
export function alterEmissions(
	emissions: readonly Emission[],
	anomalies: Anomalies,
	random: Random,
): Emission[] {
	const { setBack, records, server } = anomalies;
	const alterRecord = createRecordChange(records, random);
	const altered = emissions.map((emission) => {
		const inTime = mayDateBeAhead(anomalies) ? withoutLead(emission) : emission;
		const stamped = setBack ? setBackTimestamp(inTime, setBack) : inTime;
		const altered = alterRecord ? { ...stamped, json: alterRecord(stamped.json) } : stamped;
		return server.timestampForm ? writeTimestamp(altered, server.timestampForm) : altered;
	});
	const unreadable = Array.from({ length: records.unreadable }, (_, number) => {
		const emission = random.pick(altered);
		return { ...emission, json: JSON.stringify(drawUnreadable(emission.json, number, random)) };
	});
	return [...altered, ...unreadable];
}

/** A record that cannot be read; all of them are different. The server knows its time nevertheless. */
function drawUnreadable(json: string, number: number, random: Random): unknown {
	const record = omitFields(JSON.parse(json) as Fields, 'timestamp', 'id');
	const message = { number };
	return random.pick<unknown>([
		`no record ${number}`,
		['no record', number],
		{ ...record, message },
		{ ...record, message, timestamp: 'yesterday' },
		{ ...record, message, timestamp: {} },
	]);
}

/** Two clocks that are ahead together are more than the trigger promises to survive. */
function withoutLead(emission: Emission): Emission {
	const { timestampMs, visibleFromMs } = emission;
	return { ...emission, visibleFromMs: Math.max(timestampMs, visibleFromMs) };
}

function setBackTimestamp(emission: Emission, { atMs, byMs }: SetBack): Emission {
	if (emission.timestampMs < atMs) return emission;
	const timestampMs = emission.timestampMs - byMs;
	const record = JSON.parse(emission.json) as Fields;
	const json = JSON.stringify({ ...record, timestamp: new Date(timestampMs).toISOString() });
	return { ...emission, json, timestampMs, setBackMs: byMs };
}

/** Replaces the text of the timestamp only: numbers that are too long for JavaScript stay as they are. */
function writeTimestamp(emission: Emission, form: TimestampForm): Emission {
	const { json, timestampMs } = emission;
	const text = JSON.stringify(TIMESTAMP_FORMS[form](timestampMs));
	const iso = `"timestamp":"${new Date(timestampMs).toISOString()}"`;
	return { ...emission, json: json.replace(iso, () => `"timestamp":${text}`) };
}

/** A change of a record's JSON; `undefined`: none. Identical records stay identical, but for their id. */
function createRecordChange(
	{ hasVaryingForms, ids, hasLongNumbers }: RecordAnomalies,
	random: Random,
): ((json: string) => string) | undefined {
	if (!hasVaryingForms && !ids && !hasLongNumbers) return undefined;
	const digitsByJson = new Map<string, string>();
	const addedByJson = new Map<string, Fields>();
	return (json) => {
		const digits = digitsByJson.get(json) ?? drawLongNumber(random);
		digitsByJson.set(json, digits);
		const added = addedByJson.get(json) ?? (hasVaryingForms ? drawContent(random) : {});
		addedByJson.set(json, added);
		const record = {
			...(JSON.parse(json) as Fields),
			...(ids && { id: drawId(ids, random) }),
		};
		const mark = `#${digits}`;
		const changed = changeMessage(record, {
			...added,
			...(hasLongNumbers && { sequenceNumber: mark }),
		});
		return JSON.stringify(changed).replace(`"${mark}"`, digits);
	};
}

/** Adds to the message, if the record has one with fields. */
function changeMessage(record: Fields, added: Fields): Fields {
	const { message } = record;
	if (typeof message !== 'object' || message === null) return record;
	return { ...record, message: { ...message, ...added } };
}

/** Content with many forms. */
const drawContent = (random: Random): Fields => ({
	scopes: random.shuffled(['READ', 'USE', 'WRITE', 'ADMIN']).slice(0, random.integer(0, 4)),
	comment: null,
	attempts: random.integer(0, 443),
});

/** Beyond 2^53: as a number of JavaScript it would lose digits. */
const drawLongNumber = (random: Random): string =>
	`12345678901234567${String(random.integer(1, 999)).padStart(3, '0')}`;

function drawId(ids: NonNullable<RecordAnomalies['ids']>, random: Random): unknown {
	if (ids === 'zero') return 0;
	return ids === 'ofObject' ? `object-${random.integer(1, 3)}` : random.uuid();
}
