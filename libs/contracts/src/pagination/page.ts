/** One page of a list. `nextPageToken` is opaque, and absent on the last page. */
export interface Page<T> {
  items: T[];
  nextPageToken?: string;
}

export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 1000;
