import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type ICredentialsExpressionResolveValues,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
} from 'n8n-workflow';
import { CelonisApi } from '../../../credentials/CelonisApi.credentials';
import { CelonisOAuth2Api } from '../../../credentials/CelonisOAuth2Api.credentials';
import { noNodeTypes } from './nodeTypes.mts';

const TYPES: Readonly<Record<string, ICredentialType>> = {
	celonisApi: new CelonisApi(),
	celonisOAuth2Api: new CelonisOAuth2Api(),
};

/** The inherited fields of n8n's `oAuth2Api` that a client-credentials credential needs. */
const INHERITED: INodeProperties[] = ['clientId', 'clientSecret'].map((name) => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
}));

/** The node without parameters that n8n uses for expressions in credentials. */
const CREDENTIAL_NODE: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'credential',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/**
 * n8n's store of credentials without database and encryption. n8n's own code resolves defaults, hidden
 * fields and expressions.
 */
export class CredentialStore extends ICredentialsHelper {
	/** Saved data by credential id. n8n's OAuth2 code stores its tokens here. */
	readonly saved = new Map<string, ICredentialDataDecryptedObject>();

	getParentTypes(name: string): string[] {
		return TYPES[name]?.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const own = TYPES[type]?.properties ?? [];
		return TYPES[type]?.extends ? [...INHERITED, ...own] : own;
	}

	async authenticate(
		data: ICredentialDataDecryptedObject,
		type: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const authenticate = TYPES[type]?.authenticate;
		return typeof authenticate === 'function' ? await authenticate(data, request) : request;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(
		_helpers: IHttpRequestHelper,
		_data: ICredentialDataDecryptedObject,
	): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('Encrypted credentials are not kept here');
	}

	async getDecrypted(
		_additionalData: unknown,
		{ id }: INodeCredentialsDetails,
		type: string,
		_mode: unknown,
		_executeData?: unknown,
		raw?: boolean,
		item?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const saved = structuredClone(this.saved.get(id ?? ''));
		if (!saved) throw new Error(`No credential ${id}`);
		if (raw) return saved;

		const properties = this.getCredentialsProperties(type);
		const values = { ...saved };
		for (const { name, type: kind } of properties) if (kind === 'hidden') delete values[name];
		const filled = NodeHelpers.getNodeParameters(
			properties,
			values as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		const resolved = item ? evaluateForItem(filled, item) : evaluateAlone(filled);
		return saved.oauthTokenData ? { ...resolved, oauthTokenData: saved.oauthTokenData } : resolved;
	}

	async updateCredentials(
		{ id }: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	) {
		this.saved.set(id ?? '', data);
	}

	async updateCredentialsOauthTokenData(
		{ id }: INodeCredentialsDetails,
		_type: string,
		{ oauthTokenData = {} }: ICredentialDataDecryptedObject,
	) {
		this.saved.set(id ?? '', { ...this.saved.get(id ?? ''), oauthTokenData });
	}
}

/** Evaluates the expressions of a credential for an item of the node's input. */
function evaluateForItem(
	data: ICredentialDataDecryptedObject,
	item: ICredentialsExpressionResolveValues,
): ICredentialDataDecryptedObject {
	return item.workflow.expression.getParameterValue(
		data as never,
		item.runExecutionData,
		item.runIndex,
		item.itemIndex,
		item.node.name,
		item.connectionInputData,
		'internal',
		{},
		undefined,
		false,
		data as never,
	) as ICredentialDataDecryptedObject;
}

/** Evaluates the expressions of a credential where there is no item, as in a trigger. */
function evaluateAlone(data: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	const workflow = new Workflow({
		nodes: [CREDENTIAL_NODE],
		connections: {},
		active: false,
		nodeTypes: noNodeTypes,
	});
	return workflow.expression.getComplexParameterValue(
		CREDENTIAL_NODE,
		data as never,
		'internal',
		{},
		undefined,
		undefined,
		data as never,
	) as ICredentialDataDecryptedObject;
}
