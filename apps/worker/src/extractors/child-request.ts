import type { ShardItem, ShardRequest } from "@sluice/contracts";
import type { RemoteSettings } from "@sluice/sources/remote";

/**
 * What a parent writes to a child's stdin, one JSON value a line. `configure` holds for the items after it; each item
 * is answered with one frame, in order.
 */
export type ChildRequest = SourcesRequest | ConfigureRequest | ItemRequest | PingRequest;

/** The first line there is: how other machines are reached. Not an argument, which every user of the machine may see. */
export interface SourcesRequest {
  readonly op: "sources";
  readonly remote: RemoteSettings;
  /** Where a link that is only a path leads: any of them. */
  readonly coordinators: readonly string[];
}

/** The part of a shard's request that does not change from item to item. */
export type ReadSettings = Pick<ShardRequest, "extract" | "store" | "classify" | "passwords"> & {
  /** Where the model lies that the shard is judged by. */
  readonly modelFile?: string | undefined;
};

export interface ConfigureRequest extends ReadSettings {
  readonly op: "configure";
  readonly maxFrameBytes: number;
}

export interface ItemRequest extends Pick<ShardItem, "ordinal" | "uri" | "fetchUrl" | "knownHashes"> {
  readonly op: "item";
}

/** Answered with the frame that says that it is ready: asked of an idle child, to know that it would work. */
export interface PingRequest {
  readonly op: "ping";
}

/** What a child is started with, as its one argument (JSON). */
export interface ChildArguments {
  /** Path of the extractor module; null: the native addon. */
  readonly extractor: string | null;
  readonly fileRoots: readonly string[];
  /** Its parent's pid. Another parent means that it has been orphaned before it could say so. */
  readonly parentPid: number;
}

/** The payload of the first frame, and of the answer to a ping. */
export type ReadyPayload =
  | { readonly ok: true; readonly engineVersion: string }
  | { readonly ok: false; readonly message: string };

// JSON adds a little to text, and each page and warning a frame of its own.
const FRAME_OVERHEAD_BYTES = 64 << 20;
// Far from where a JavaScript engine refuses one buffer.
const FRAME_LIMIT_BYTES = 2 ** 31;

/** The largest answer a child may give under these settings. */
export function maxFrameBytes(settings: ReadSettings): number {
  return Math.min(settings.extract.maxTextBytes * 2 + FRAME_OVERHEAD_BYTES, FRAME_LIMIT_BYTES);
}
