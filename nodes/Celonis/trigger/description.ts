import type { INodeProperties } from 'n8n-workflow';
import { allowExpression } from '../parameters/collection';
import { concurrencyOption } from '../parameters/concurrency';
import { enrichActorOption } from '../parameters/enrichActor';
import { fieldsOption } from '../parameters/fields';
import { lookbackOption } from '../parameters/lookback';
import { maxEventsPerPollOption } from '../parameters/maxEventsPerPoll';
import { createOptionsProperty } from '../parameters/options';
import { createOutputProperty } from '../parameters/output';
import { repeatLastBatchOption } from '../parameters/repeatLastBatch';
import { startFromProperties } from '../parameters/startFrom';
import { timeoutOption } from '../parameters/timeout';
import { sourceProperty, sources } from './source';

/** 'Options' of the trigger. */
export const optionsProperty = createOptionsProperty([
	...sources.flatMap(({ api, optionProperties }) =>
		optionProperties.map((option) => ({
			...option,
			displayOptions: { show: { '/source': [api] } },
		})),
	),
	concurrencyOption,
	enrichActorOption,
	fieldsOption,
	lookbackOption,
	maxEventsPerPollOption,
	repeatLastBatchOption,
	timeoutOption,
]);

/** Parameters of the trigger, besides those that n8n adds for polling. */
export const triggerProperties: INodeProperties[] = [
	sourceProperty,
	...startFromProperties,
	createOutputProperty(),
	...sources.flatMap(({ api, filtersProperty }) =>
		allowExpression({ ...filtersProperty, displayOptions: { show: { source: [api] } } }),
	),
	...allowExpression(optionsProperty),
];
