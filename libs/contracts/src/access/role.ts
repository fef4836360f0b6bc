/** Each role may do all that the roles before it may, but `predictor`, which may only predict and read deployments. */
export const ROLES = ['predictor', 'viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who stands behind a request: an API key, or one of our own services. */
export interface Caller {
  /** The API key's id, or `service:<name>`. */
  id: string;
  name: string;
  role: Role;
  kind: 'api-key' | 'service';
}
