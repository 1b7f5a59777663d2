/** The endpoints of the audit log. This file imports nothing: benchmarks load it without the simulator. */
export const auditV1Path = '/log/api/external/audit';
export const auditV2Path = '/log/api/external/v2/audit';
