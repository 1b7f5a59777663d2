/**
 * The ID of a data pool in an address of one of its pages, such as
 * `https://team.realm.celonis.cloud/integration/ui/pools/ID/data-connections`.
 */
export const POOL_ADDRESS = /^\S+\/pools\/([\w-]+)(?:[/?#]\S*)?$/;

/** The ID of a data pool from an ID or an address; `undefined` if it is neither. */
export function parsePoolId(text: string): string | undefined {
	// The ID becomes a segment of the URL's path, so nothing else may be in it.
	return /^[\w-]+$/.test(text) ? text : POOL_ADDRESS.exec(text)?.[1];
}
