/** How long a question of somebody who waits may take. */
export const QUERY_MS = 30_000;
/** How long an export, a comparison or a check may take. */
export const WORK_MS = 15 * 60_000;
