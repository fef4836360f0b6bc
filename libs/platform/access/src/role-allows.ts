import type { Role } from '@modelyard/contracts';

const RANKS: Record<Role, number> = { predictor: 0, viewer: 1, editor: 2, admin: 3 };

/** Whether a role may do what needs another: admin may all, editor all but administration, and so on down. */
export function roleAllows(role: Role, needed: Role): boolean {
  return RANKS[role] >= RANKS[needed];
}
