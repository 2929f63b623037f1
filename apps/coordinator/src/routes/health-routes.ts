import { AppError } from "@sluice/contracts";
import { Hono } from "hono";
import { translateDatabaseError } from "../db/database-error.ts";
import type { RouteParts } from "./parts.ts";

/** Without a token: `healthz` says that the process lives, `readyz` that it can work. */
export function healthRoutes({ database }: RouteParts): Hono {
  const routes = new Hono();
  routes.get("/healthz", (context) => context.json({ status: "ok" }));
  routes.get("/readyz", async (context) => {
    try {
      await database.pool.query("select 1");
    } catch (error) {
      const translated = translateDatabaseError(error);
      throw translated instanceof AppError
        ? translated
        : new AppError("DATABASE_UNAVAILABLE", "PostgreSQL answers with an error.", { cause: error });
    }
    return context.json({ status: "ready", database: "reachable" });
  });
  return routes;
}
