import type { Priority } from "@sluice/contracts";

/** Higher goes first. Gaps leave room for priorities between. */
export const PRIORITY_VALUE: Record<Priority, number> = { interactive: 100, normal: 0, bulk: -100 };
