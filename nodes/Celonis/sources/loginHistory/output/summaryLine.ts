import type { MemberDirectory } from '../../../members/directory';
import { labelActor, toOneLine } from '../../../output/labels';
import type { Login } from '../login';
import type { LoginType } from '../loginTypes';

const METHODS: Readonly<Record<NonNullable<LoginType['method']>, string>> = {
	'Celonis ID': ' with Celonis ID',
	'OpenID Connect': ' with OpenID Connect',
	'Single Sign-On': ' with SSO',
};

/** One line that says who signed in or out, how, and with which result. */
export function writeLoginLine(login: Login, members?: MemberDirectory): string {
	const { typeName, type, actor, outcome } = login;
	const who = labelActor(actor, members);
	if (!type) {
		const event = typeName === '' ? 'an unnamed event' : toOneLine(typeName);
		return `${who} triggered ${event}${outcome === 'failure' ? ', which failed' : ''}`;
	}
	const direction = type.activity === 'logoff' ? 'out' : 'in';
	const how = type.method === undefined ? '' : METHODS[type.method];
	const note = type.failureReason === undefined ? '' : ` (${typeName})`;
	switch (outcome) {
		case 'success':
			return `${who} signed ${direction}${how}${note}`;
		case 'failure': {
			const reason = type.failureReason === undefined ? '' : `: ${type.failureReason}`;
			return `${who} failed to sign ${direction}${how}${reason}${note}`;
		}
		case 'unknown':
			return `${who} tried to sign ${direction}${how}, with an unknown result`;
	}
}
