import { z } from "zod";

/** A moment as answers write it: `2026-11-30T12:00:00.000Z`. */
export const timeSchema = z.string().meta({ format: "date-time" });
