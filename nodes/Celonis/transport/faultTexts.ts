import type { RecordProblem } from '../audit/record';
import type { Fault } from './faults';
import { TEAM_URL_ADVICE } from './teamUrl';

/** What a user reads about a fault: what happened, and what to do. */
export interface FaultText {
	readonly title: string;
	readonly advice: string;
}

const PERMISSION_PATH = 'In Celonis: Admin & Settings → Permissions → Team';

const CHECK_CREDENTIAL =
	"Check the credential. A key may have been deleted or be limited to 'only from within the Celonis Platform'; an OAuth client needs the right secret and authentication method.";

const NOT_THE_LOG = {
	webPage: 'a web page',
	nothing: 'an empty answer',
	text: 'plain text',
	otherJson: 'JSON that holds no list of audit events',
} as const;

const RECORD_PROBLEMS: Record<RecordProblem, string> = {
	notAnObject: 'a record that is not an object',
	noTimestamp: "a record whose 'timestamp' is not a date and time",
};

const TOKEN_ADVICE: Readonly<Record<string, string>> = {
	invalid_client:
		"Check the client ID, the client secret, and that 'Client Authentication' is the method that the OAuth client was registered with.",
	invalid_scope:
		"The OAuth client lacks the scope. In Celonis: Admin & Settings → Applications → the OAuth client → Scopes. The credential asks for 'audit.log:read' unless you changed it.",
	unauthorized_client:
		"The OAuth client may not use client credentials. In Celonis: Admin & Settings → Applications, register it with the grant type 'Client credentials'.",
};

/** The one table of what users are told. */
export function textOfFault(fault: Fault): FaultText {
	switch (fault.kind) {
		case 'unauthorized':
			return {
				title: 'Celonis answered 401: the credential was not accepted',
				advice: CHECK_CREDENTIAL,
			};
		case 'noToken':
			return {
				title: `Celonis gave no access token${fault.code ? `: ${fault.code}` : ''}`,
				advice:
					TOKEN_ADVICE[fault.code ?? ''] ??
					'Check the client ID, secret and scope of the credential.',
			};
		case 'forbidden':
			return {
				title: "Celonis answered 403: the application lacks the team permission 'Audit Log API'",
				advice: `${PERMISSION_PATH} → the application → Audit Log API. For OAuth, the client also needs the scope 'audit.log:read'. An empty 403 can mean that the API is switched off for the team or that this address is not on its IP allowlist.`,
			};
		case 'badRequest':
			return {
				title: 'Celonis answered 400: it did not accept the request',
				advice: "Check the values of 'From' and 'To', or try the other API version under Options.",
			};
		case 'notFound':
			return {
				title: 'Celonis answered 404: there is no Audit Log API at this address',
				advice: `${TEAM_URL_ADVICE} If the address is right, try the other API version under Options.`,
			};
		case 'rateLimited':
			return {
				title: 'Celonis answered 429: too many requests',
				advice:
					'Other programs that use the same team count too. Try again later, or poll less often.',
			};
		case 'server':
			return {
				title: `Celonis answered ${fault.status}: the service has a fault`,
				advice: 'Try again later. If it stays, give the reference to Celonis support.',
			};
		case 'unexpectedStatus':
			return {
				title: `Celonis answered with the unexpected status ${fault.status}`,
				advice: 'A proxy or firewall between n8n and Celonis may have answered instead.',
			};
		case 'redirected':
			return {
				title: `Celonis answered ${fault.status}: it wants to redirect the request`,
				advice: `Redirects are not followed, because the key would be sent along. ${TEAM_URL_ADVICE}`,
			};
		case 'notTheLog':
			return {
				title: `The answer is not the audit log but ${NOT_THE_LOG[fault.found]}`,
				advice: TEAM_URL_ADVICE,
			};
		case 'cutOff':
			return {
				title: 'The answer of Celonis was cut off',
				advice: 'Try again. If it stays, look at proxies between n8n and Celonis.',
			};
		case 'brokenRecord':
			return {
				title: `The audit log holds ${RECORD_PROBLEMS[fault.problem]}`,
				advice:
					'Nothing was skipped. Try the other API version under Options, and tell Celonis support.',
			};
		case 'repeatedToken':
			return {
				title: 'Celonis sent the same page token twice',
				advice:
					"Reading on would never end. Try again, or set 'API Version' to 'v1' under Options.",
			};
		case 'shifted':
			return {
				title: 'The audit log kept changing while its pages were read',
				advice:
					"Set 'API Version' to 'v2' under Options, which pages in a more stable way, or read a shorter window.",
			};
		case 'noServerTime':
			return {
				title: "The answer of Celonis has no 'Date' header",
				advice:
					'The node goes by the clock of the server. Look at proxies between n8n and Celonis that remove headers.',
			};
		case 'network':
			return {
				title: 'Celonis could not be reached',
				advice: `The connection failed (${fault.code}). Check the team URL of the credential, and that n8n can reach it: DNS, proxy, firewall, certificates.`,
			};
		case 'timeout':
			return {
				title: 'Celonis did not answer in time',
				advice: "Try again, or raise 'Timeout' under Options.",
			};
		case 'outOfTime':
			return {
				title: 'The audit log could not be read to its end in the time of one poll',
				advice: "Poll more often, or lower 'Lookback' under Options.",
			};
		case 'cancelled':
			return { title: 'The execution was cancelled', advice: 'Nothing was delivered.' };
	}
}
