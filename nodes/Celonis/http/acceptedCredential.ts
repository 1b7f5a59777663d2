import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { overrideCredentials, type NodeContext } from './nodeContext';

/**
 * The credential that was read last, once Celonis has accepted it. n8n reads the credential from its
 * database for every request and evaluates it, which takes as much processor time as the request itself.
 */
export class AcceptedCredential {
	#read: ICredentialDataDecryptedObject | undefined;
	#context: NodeContext | undefined;

	constructor(private readonly context: NodeContext) {}

	/** The node's context, with this credential. `undefined` if Celonis has accepted none yet. */
	getContext(): NodeContext | undefined {
		return this.#context;
	}

	/** Remembers the credential, which is about to be used. */
	remember(credentials: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
		this.#read = credentials;
		return credentials;
	}

	/** A request with the remembered credential was accepted. */
	accept(): void {
		const credentials = this.#read;
		if (credentials) this.#context ??= overrideCredentials(this.context, async () => credentials);
	}

	/** A request with the accepted credential was rejected. */
	reject(): void {
		this.#context = undefined;
		this.#read = undefined;
	}
}
