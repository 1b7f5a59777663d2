import type { IExecuteFunctions } from 'n8n-workflow';
import { createChoice } from '../parameters/expectations';
import { ParameterReader } from '../parameters/parameterReader';
import { matchName } from '../parameters/parseValue';
import { auditLog } from '../sources/auditLog';
import { loginHistory } from '../sources/loginHistory';
import { dataPool } from './dataPool';
import { createEventResource } from './events';
import { member } from './member';
import type { AllItems, PerItem } from './operation';
import { permission } from './permission';
import type { Resource } from './resource';

/** The resources of the node, in alphabetical order. */
export const RESOURCES: readonly Resource[] = [
	createEventResource(auditLog),
	dataPool,
	createEventResource(loginHistory),
	member,
	permission,
];

/** Finds the operation that the parameters choose and calls it. */
export function resolveOperation(context: IExecuteFunctions): PerItem | AllItems {
	const parameters = new ParameterReader(context);
	const resource = choose(parameters, 'Resource', 'resource', byValue(RESOURCES));
	return choose(parameters, 'Operation', 'operation', resource.operations)(context);
}

function byValue(resources: readonly Resource[]): Readonly<Record<string, Resource>> {
	return Object.fromEntries(resources.map((resource) => [resource.value, resource]));
}

/** What a parameter chooses. A model may write the value in another case. */
function choose<Choice>(
	parameters: ParameterReader,
	displayName: string,
	name: string,
	choices: Readonly<Record<string, Choice>>,
): Choice {
	const value = parameters.getValue(name);
	const names = Object.keys(choices);
	const chosen = choices[matchName(value, names) ?? ''];
	if (chosen) return chosen;
	const { mismatch, hint } = createChoice(names);
	return parameters.fail(displayName, value, {
		mismatch,
		hint: `${hint} Newer choices require a newer version of the package 'n8n-nodes-celonis'.`,
	});
}
