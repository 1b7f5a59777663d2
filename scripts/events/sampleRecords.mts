import { classifyEvent } from '../../nodes/Celonis/sources/auditLog/output/classification';

/** Names of sample objects, by the name of the object in Celonis. */
const NAMES: Readonly<Record<string, string>> = {
	'API Key': 'Nightly export',
	'Action Flow': 'Remind approvers',
	Agent: 'On-premise agent',
	'Agent Package': 'Invoice agent',
	'Analysis Export': '_CEL_O2C_ACTIVITIES',
	'Application Key': 'SIEM',
	'Authorized Team': 'acme-test',
	Connection: 'SAP ERP',
	'Data Connection': 'SAP ERP',
	'Data Job': 'Load orders',
	'Data Job Alert': 'Load orders',
	'Data Job Task': 'Create activities',
	'Data Model': 'Order to Cash',
	'Data Model Calendar': 'Order to Cash',
	'Data Model Foreign Key': 'Order to Cash',
	'Data Model Load': 'Order to Cash',
	'Data Model Name Mappings': 'Order to Cash',
	'Data Model Permissions': 'Order to Cash',
	'Data Model Signal Link': 'Order to Cash',
	'Data Model Table': 'Order to Cash',
	'Data Pool': 'Orders',
	'Data Pool Export': 'Orders',
	'Data Pool Version': 'Orders',
	'Data Source': 'SAP ERP',
	'Data Source Export': 'SAP ERP',
	Download: 'Accounting desktops',
	'Event Type': 'Create Invoice',
	Extraction: 'Sales orders',
	'File Upload': 'orders.csv',
	'File Upload History': 'orders.csv',
	Group: 'Finance',
	'LLM Cloud Provider': 'Azure OpenAI',
	'LLM Configuration': 'EU models',
	'LLM Credentials': 'Azure OpenAI',
	'LLM Model': 'gpt-4o',
	'ML Flow': 'Churn prediction',
	'ML Image': 'Churn prediction',
	'ML Notebook': 'Churn prediction',
	'ML Schedule': 'Every night',
	'ML Workspace': 'Churn prediction',
	'Machine Learning': 'Churn prediction',
	'OAuth Client': 'SIEM export',
	Objective: 'On-time payment',
	'Objective KPI': 'Payment delay',
	'Object Type': 'Invoice',
	'Outbound Share': 'Orders for logistics',
	'Object-Centric Data Model': 'Procurement',
	'Object-Centric Process': 'Procurement',
	'Object-Centric Process Data Source': 'Procurement',
	Parameter: 'START_DATE',
	Permissions: 'Order to Cash',
	Perspective: 'Procurement',
	Process: 'Accounts Payable',
	Report: 'Monthly results',
	'Report Delivery': 'Monthly results',
	'Report Schedule': 'Monthly results',
	'Routing Rule': 'Large invoices',
	Schedule: 'Every night',
	'Schedule Monitoring': 'Every night',
	'SQL Factory': 'Procurement',
	'SSO Provider': 'Entra ID',
	Skill: 'Block invoice',
	'Studio Asset': 'Open orders',
	'Studio Package': 'Order to Cash',
	'Studio Space': 'Finance',
	'Studio Variable': 'threshold',
	'Task Mining AI Configuration': 'Accounting',
	'Task Mining Configuration': 'Accounting desktops',
	'Task Mining Data Processing': 'Accounting',
	'Task Mining Job': 'Accounting',
	'Task Mining Label': 'Check invoice',
	'Task Mining Project': 'Accounting',
	'Task Mining Task': 'Post invoice',
	Team: 'Acme',
	'Team Copy': 'Test to production',
	'Team Copy Schedule': 'Every Sunday',
	Transformation: 'Clean orders',
	Uplink: 'Plant Munich',
	Workflow: 'Invoice approval',
};

const ID = '0b5f6d1c-3c0e-4f6a-9a57-2f4d0c9f1e77';

/** A record of an event as a team may have it, with the keys that are publicly known. */
export function createSampleRecord(event: string): Record<string, unknown> {
	return {
		userId: `${ID} (ada@example.com)`,
		userRole: 'ADMIN',
		event,
		timestamp: '2026-02-02T14:52:10.903Z',
		message: createSampleMessage(event),
		ipAddress: '203.0.113.7',
		port: '443',
	};
}

function createSampleMessage(event: string): Record<string, unknown> | null {
	const { object, ocsfClass, keys } = classifyEvent(event);
	if (keys.isSetting || event.endsWith('_CSV_DOWNLOADED')) return null;
	if (ocsfClass === 'userAccess') return createPermissionMessage(event);
	if (ocsfClass === 'accountChange') {
		return keys.isActor ? {} : { sender: 'ada@example.com', invitee: 'bob@example.com' };
	}
	const user = event.startsWith('USER_') && !keys.isActor ? { userEmail: 'bob@example.com' } : {};
	const failure = event.endsWith('_FAILED') ? { status: 'FAILED', reason: 'Mailbox full' } : {};
	const [idKey = 'id'] = keys.id ?? [];
	const [nameKey = 'name'] = keys.name ?? [];
	return { ...user, [idKey]: ID, [nameKey]: NAMES[object] ?? 'New feature', ...failure };
}

function createPermissionMessage(event: string): Record<string, unknown> {
	return {
		subject_type: 'USER',
		subject_description: 'Bob (bob@example.com)',
		object_description: 'Order to Cash',
		old_permissions: event.endsWith('_CREATED') ? [] : ['READ'],
		new_permissions: event.endsWith('_DELETED')
			? []
			: event.endsWith('_CREATED')
				? ['READ']
				: ['READ', 'ADMIN'],
	};
}
