/** The names of the team: invented. */
export const fullNames: readonly string[] = [
	'Marta Lindner',
	'Jonas Eklind',
	'Priya Nambiath',
	'Tomasz Wilczak',
	'Helene Brandt',
	'Daniel Oyelaran',
	'Sofia Marchetti',
	'Lukas Ahrens',
	'Amina Haddad',
	'Pieter Hoekman',
	'Clara Nyberg',
	'Rafael Moutinho',
	'Ingrid Solheim',
	'Mateusz Borkow',
	'Yuki Morimura',
	'Nora Feldmann',
	'Emre Tunali',
	'Beatriz Campos',
	'Felix Hartwig',
	'Leila Moradi',
	'Oskar Rehn',
	'Hannah Whitcombe',
	'Viktor Lazarenko',
	'Giulia Ferrante',
	'Samuel Adomako',
	'Katrin Voss',
	'Anton Sjoberg',
	'Meera Deshmane',
	'Paul Vermeulin',
	'Zofia Mazur',
	'Henrik Lervik',
	'Carla Esteves',
	'Malik Bensaid',
	'Julia Reinhold',
	'Arjun Kelkar',
	'Elin Sandvall',
	'Marco Bertuzzi',
	'Theresa Kroll',
	'Ibrahim Coumba',
	'Anja Tiedemann',
	'Nils Overgaard',
	'Lucia Navarro',
	'Stefan Brauer',
	'Farah Sabbagh',
	'Robin Delvaux',
	'Magda Zielonka',
	'Tim Holloway',
	'Svenja Albers',
	'Diego Fuentes',
	'Ines Carvalho',
	'Kofi Darkwah',
	'Birgit Neuhaus',
	'Adam Sobierski',
	'Laura Vandenberg',
	'Simon Garroway',
	'Rania Mansouri',
	'Erik Lundvik',
	'Monika Seiffert',
	'Jan Hrubal',
	'Camille Roussillon',
	'Nadia Alcoforado',
	'Georg Pachleitner',
	'Asha Kurup',
	'Bruno Salgueiro',
	'Karin Lofgren',
	'Owen Prescott',
	'Milena Jovic',
	'Hugo Chastel',
	'Selma Yildiz',
	'Frank Osterkamp',
	'Ewa Krolik',
	'Tobias Grimm',
];

export type Profession =
	| 'admin'
	| 'engineer'
	| 'analyst'
	| 'automator'
	| 'scientist'
	| 'business'
	| 'auditor';

/** A department, which is a group of the team as well. */
export interface Department {
	readonly name: string;
	readonly profession: Profession;
	readonly role: 'ADMIN' | 'ANALYST' | 'MEMBER';
	/** How many people start with the team, and how many join later. */
	readonly founders: number;
	readonly joiners: number;
	/** People of a partner, with mail addresses and sign-on of their own. */
	readonly isExternal?: boolean;
	/** Shares computers and signs in with a password. */
	readonly usesPassword?: boolean;
}

export const departments: readonly Department[] = [
	{ name: 'IT Platform', profession: 'admin', role: 'ADMIN', founders: 4, joiners: 1 },
	{ name: 'Data Engineering', profession: 'engineer', role: 'ANALYST', founders: 7, joiners: 3 },
	{ name: 'Process Excellence', profession: 'analyst', role: 'ANALYST', founders: 9, joiners: 5 },
	{ name: 'Automation', profession: 'automator', role: 'ANALYST', founders: 3, joiners: 2 },
	{ name: 'Data Science', profession: 'scientist', role: 'ANALYST', founders: 2, joiners: 2 },
	{ name: 'Accounts Payable', profession: 'business', role: 'MEMBER', founders: 6, joiners: 3 },
	{ name: 'Purchasing', profession: 'business', role: 'MEMBER', founders: 4, joiners: 3 },
	{ name: 'Order Management', profession: 'business', role: 'MEMBER', founders: 5, joiners: 3 },
	{
		name: 'Logistics',
		profession: 'business',
		role: 'MEMBER',
		founders: 2,
		joiners: 2,
		usesPassword: true,
	},
	{ name: 'Internal Audit', profession: 'auditor', role: 'MEMBER', founders: 1, joiners: 1 },
	{
		name: 'External Consultants',
		profession: 'analyst',
		role: 'ANALYST',
		founders: 2,
		joiners: 2,
		isExternal: true,
	},
];

/** Groups beside the departments, by what their members have in common. */
export const projectGroups: readonly string[] = [
	'Accounts Payable Readers',
	'Order Management Readers',
	'Month-End Closing',
	'Data Stewards',
	'Rollout North',
];

/** OAuth clients and what they are for. */
export const applicationNames = {
	provisioning: 'Identity Provisioning',
	deployment: 'Deployment Pipeline',
	upload: 'Plant Data Upload',
	archive: 'Log Archive',
	pilot: 'Reporting Pilot',
} as const;
