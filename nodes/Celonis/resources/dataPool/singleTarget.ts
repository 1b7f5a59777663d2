import type { IExecuteFunctions } from 'n8n-workflow';
import { getCredentialType, type Authentication } from '../../http/connection';
import { identifyAccount } from '../../http/credentialScope';
import type { Expectation } from '../../parameters/parameterError';
import { ParameterReader } from '../../parameters/parameterReader';

/** Parameters that decide where and how rows are written, by their names in saved workflows. */
const TARGET_PARAMETERS = {
	dataPoolId: 'Data Pool',
	tableName: 'Table Name',
	mode: 'Mode',
	keys: 'Keys',
	columns: 'Columns',
	givenColumns: 'Column Definitions',
} as const;

/** n8n decrypts a credential anew for each item: of many items, some show whether they differ. */
const MAX_CREDENTIALS = 200;

const DIFFERENT: Expectation = {
	mismatch: 'is not the same for all items',
	hint: "One job writes all items to one table. Use n8n's 'Loop Over Items' or 'Filter' to push the items of each target on their own.",
};

/**
 * Requires that all items lead to one table of one team. Expressions may say something else for each
 * item, but one job writes all rows: those of other items would end up in the table of the first one.
 */
export async function requireSingleTarget(
	context: IExecuteFunctions,
	authentication: Authentication,
): Promise<void> {
	const { length } = context.getInputData();
	for (const [name, displayName] of Object.entries(TARGET_PARAMETERS)) {
		if (!isExpression(context.getNode().parameters[name])) continue;
		const getValue = (item: number) => JSON.stringify(context.getNodeParameter(name, item, null));
		const first = getValue(0);
		for (let item = 1; item < length; item++) {
			if (getValue(item) !== first) failAt(context, item, displayName);
		}
	}
	const getAccount = async (item: number) =>
		identifyAccount(await context.getCredentials(getCredentialType(authentication), item));
	const first = await getAccount(0);
	const step = Math.max(1, length / MAX_CREDENTIALS);
	for (let next = step; next < length; next += step) {
		const item = Math.floor(next);
		if ((await getAccount(item)) !== first) failAt(context, item, 'Credential');
	}
}

function failAt(context: IExecuteFunctions, item: number, displayName: string): never {
	return new ParameterReader(context, item).fail(displayName, undefined, DIFFERENT);
}

/** Whether a parameter is an expression, also inside a resource locator. */
function isExpression(value: unknown): boolean {
	return JSON.stringify(value ?? null).includes('"=');
}
