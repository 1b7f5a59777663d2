import { booleanField, type FieldType } from '../../../output/recordFields';

/** The fields of a record that are not text. */
export const RECORD_TYPES: Readonly<Record<string, FieldType>> = { success: booleanField };
