import api from "./0005_api.sql" with { type: "text" };
import uploads from "./0007_uploads.sql" with { type: "text" };
import coordinators from "./0004_coordinators.sql" with { type: "text" };
import events from "./0010_events.sql" with { type: "text" };
import controls from "./0003_controls.sql" with { type: "text" };
import search from "./0008_search.sql" with { type: "text" };
import listings from "./0006_listings.sql" with { type: "text" };
import initial from "./0001_initial.sql" with { type: "text" };
import batchPasswords from "./0002_batch_passwords.sql" with { type: "text" };
import searchRefusals from "./0011_search_refusals.sql" with { type: "text" };
import uploadHolders from "./0012_upload_holders.sql" with { type: "text" };
import labelStage from "./0013_label_stage.sql" with { type: "text" };
import models from "./0014_models.sql" with { type: "text" };
import nearDuplicates from "./0015_near_duplicates.sql" with { type: "text" };
import labelSets from "./0016_label_sets.sql" with { type: "text" };
import tenants from "./0009_tenants.sql" with { type: "text" };

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /**
   * The oldest schema whose coordinators may run beside this one. A migration that only adds what has a default keeps
   * it low; one that changes what they write or read sets its own number, and they stop when they see it.
   */
  readonly worksWith: number;
}

/** In order, without gaps. Append only: a number that has been released never changes its text. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: "initial", sql: initial, worksWith: 1 },
  { number: 2, name: "batch_passwords", sql: batchPasswords, worksWith: 1 },
  { number: 3, name: "controls", sql: controls, worksWith: 1 },
  { number: 4, name: "coordinators", sql: coordinators, worksWith: 1 },
  { number: 5, name: "api", sql: api, worksWith: 1 },
  { number: 6, name: "listings", sql: listings, worksWith: 1 },
  { number: 7, name: "uploads", sql: uploads, worksWith: 1 },
  { number: 8, name: "search", sql: search, worksWith: 1 },
  { number: 9, name: "tenants", sql: tenants, worksWith: 1 },
  { number: 10, name: "events", sql: events, worksWith: 1 },
  { number: 11, name: "search_refusals", sql: searchRefusals, worksWith: 1 },
  { number: 12, name: "upload_holders", sql: uploadHolders, worksWith: 1 },
  // Those before it would call a document without a label a failure, and would cancel no label shard.
  { number: 13, name: "label_stage", sql: labelStage, worksWith: 13 },
  { number: 14, name: "models", sql: models, worksWith: 13 },
  { number: 15, name: "near_duplicates", sql: nearDuplicates, worksWith: 13 },
  // Those before it would store one label of several.
  { number: 16, name: "label_sets", sql: labelSets, worksWith: 16 },
];
