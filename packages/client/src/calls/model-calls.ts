import { type ModelRow, modelListSchema, modelRowSchema } from "@sluice/contracts";
import type { ApiCalls } from "../api-calls.ts";
import type { CallOptions } from "../call-options.ts";
import { callForText, callJson, callStream } from "../http-call.ts";

/** Trained models: sent, listed, read, deleted. */
export function modelCalls(calls: ApiCalls) {
  return {
    /** Sends the file of a model. Sending it again changes nothing. */
    storeModel(
      file: Uint8Array<ArrayBuffer>,
      { name, ...options }: CallOptions & { name?: string } = {},
    ): Promise<ModelRow> {
      return callJson(
        calls.target,
        {
          method: "POST",
          path: "/v1/models",
          query: { name },
          body: file,
          contentType: "application/octet-stream",
          repeatable: true,
          ...options,
        },
        modelRowSchema,
      );
    },

    /** The newest first. */
    async listModels(options: CallOptions = {}): Promise<ModelRow[]> {
      return (await calls.get("/v1/models", modelListSchema, {}, options)).models;
    },

    /** The file of a model, by its hash. */
    async readModel(model: string, options: CallOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
      const call = {
        method: "GET",
        path: `/v1/models/${model}`,
        accept: "application/octet-stream",
        ...options,
      } as const;
      const pieces: Uint8Array[] = [];
      for await (const piece of callStream(calls.target, { ...call, repeatable: true })) pieces.push(piece);
      const file = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
      let at = 0;
      for (const piece of pieces) {
        file.set(piece, at);
        at += piece.byteLength;
      }
      return file;
    },

    /** The labels that it gave stay. CONFLICT while a batch that it judges has not ended. */
    async deleteModel(model: string, options: CallOptions = {}): Promise<void> {
      await callForText(calls.target, { method: "DELETE", path: `/v1/models/${model}`, repeatable: true, ...options });
    },
  };
}
