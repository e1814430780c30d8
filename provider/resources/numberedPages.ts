import type { ListCall } from "../core/directorySchema";
import type { Wire } from "../core/wire";

const pageSize = 100;

/** The paging of a list whose pages have numbers and whose answers count all users, under this field. */
export function numberedPages(users: string): Pick<ListCall, "page" | "from" | "next" | "pages"> {
  const from = (answer: Wire) => answer[users] as Wire[];
  return {
    from,
    page: (cursor) => ({ PageNumber: cursor ?? "1", PageSize: String(pageSize) }),
    next: (answer, cursor, seen) => {
      // Users who were deleted meanwhile leave a last page without any; a first one has what it counts.
      const isEmpty = cursor !== undefined && from(answer).length === 0;
      return isEmpty || seen >= Number(answer.TotalCount) ? undefined : String(Number(cursor ?? "1") + 1);
    },
    pages: ({ TotalCount }) => Math.max(1, Math.ceil(Number(TotalCount) / pageSize)),
  };
}
