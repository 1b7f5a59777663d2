import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { authenticationProperty, credentials } from './parameters/authentication';
import { triggerProperties } from './trigger/description';
import { poll } from './trigger/poll';
import { subtitle } from './trigger/source';

/** Starts a workflow for every new event of a log: each one once, none lost. */
export class CelonisTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Celonis Trigger',
		name: 'celonisTrigger',
		icon: { light: 'file:../../icons/celonis.svg', dark: 'file:../../icons/celonis.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle,
		description:
			'Starts the workflow for every new audit event or sign-in (login history) of a Celonis team',
		defaults: { name: 'Celonis Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [authenticationProperty, ...triggerProperties],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll.call(this);
	}
}
