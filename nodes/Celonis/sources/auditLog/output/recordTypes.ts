import { objectField, type FieldType } from '../../../output/recordFields';
import { toJsonObject } from './jsonText';

const jsonObjectField: FieldType = (value) => objectField(toJsonObject(value));

/** The fields of a record that are objects, also where they come as JSON text. All others are text. */
export const RECORD_TYPES: Readonly<Record<string, FieldType>> = {
	message: jsonObjectField,
	diffPayload: jsonObjectField,
};
