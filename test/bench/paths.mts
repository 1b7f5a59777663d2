/** Where the Audit Log API is, without the simulator that also says so. */
export const auditV1Path = '/log/api/external/audit';
export const auditV2Path = '/log/api/external/v2/audit';
