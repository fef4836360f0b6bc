import type { Caller } from '@modelyard/contracts';

/** Who the audit says has ended what no worker has ended. */
export const RECONCILER: Caller = {
  id: 'service:registry',
  name: 'registry',
  role: 'admin',
  kind: 'service',
};
