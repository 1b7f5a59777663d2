/** Whether a field, by its name without case and punctuation, has a status: of HTTP, or in words. */
export function isStatusField(foldedName: string): boolean {
	return /^(?:http|response)?(?:status|statuscode|code|state)$/.test(foldedName);
}
