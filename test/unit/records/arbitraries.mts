import fc from 'fast-check';

const nullish = <T,>(arbitrary: fc.Arbitrary<T>) =>
	fc.option(fc.oneof(arbitrary, fc.constant(null), fc.constant('')), { nil: undefined });

/** Raw records with missing, null and empty fields, and with text instead of objects. */
export const rawRecords: fc.Arbitrary<Record<string, unknown>> = fc
	.record({
		timestamp: fc
			.integer({ min: 0, max: 20 })
			.map((ms) => new Date(1_750_000_000_000 + ms).toISOString()),
		event: nullish(fc.constantFrom('PERMISSIONS_UPDATE', 'ADMIN USER INVITED', 'NEW')),
		userId: nullish(fc.constantFrom('u1 (ada@example.com)', 'celonis-service (SYSTEM)', 'u2')),
		userRole: nullish(fc.constantFrom('ADMIN', 'MEMBER')),
		message: nullish(
			fc.oneof(fc.string(), fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 })),
		),
		ipAddress: nullish(fc.ipV4()),
		port: nullish(fc.constant('443')),
		diffPayload: nullish(fc.record({ oldValue: fc.string(), newValue: fc.string() })),
	})
	// As they come from JSON: without fields that are undefined, and without -0.
	.map((record) => JSON.parse(JSON.stringify(record)) as Record<string, unknown>);
