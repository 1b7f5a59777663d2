import type { Behaviour } from './behaviour.mts';
import type { LogEntry } from './log.mts';
import { TIMESTAMP_FORMS } from './timestampForms.mts';

/** Creates the format in which a list sends the records of a log: as they are, unless told otherwise. */
export function createRecordFormat({
	timestampForm,
	recordId,
	omitsNulls,
}: Behaviour): (entry: LogEntry) => string {
	if (!timestampForm && !recordId && !omitsNulls) return ({ json }) => json;
	// The text is changed, not the object: numbers that are too long for JavaScript stay as they are.
	return (entry) => {
		let { json } = entry;
		if (timestampForm) json = writeTimestamp(entry, json, timestampForm);
		if (recordId) json = addId(entry, json, recordId);
		return omitsNulls ? json.replace(NULL_FIELD, '') : json;
	};
}

const NULL_FIELD = /,"(?:message|ipAddress|port|diffPayload)":null/g;

/** How many records share an ID that does not identify them. */
const SHARED_BY = 2;

function writeTimestamp(
	{ timestamp }: LogEntry,
	json: string,
	form: NonNullable<Behaviour['timestampForm']>,
): string {
	const iso = `"timestamp":"${new Date(timestamp).toISOString()}"`;
	const text = JSON.stringify(TIMESTAMP_FORMS[form](timestamp));
	return json.replace(iso, () => `"timestamp":${text}`);
}

function addId(
	{ sequence }: LogEntry,
	json: string,
	recordId: NonNullable<Behaviour['recordId']>,
): string {
	const number = recordId === 'unique' ? sequence : Math.floor(sequence / SHARED_BY);
	return json.startsWith('{"id":') ? json : json.replace(/^\{/, `{"id":"event-${number}",`);
}
