import {
  type ChangeTokenRequest,
  type CreateTokenRequest,
  type NewToken,
  newTokenSchema,
  type RotateTokenRequest,
  tokenListSchema,
  type TokenRow,
  tokenRowSchema,
} from "@sluice/contracts";
import type { CallOptions, OnceOptions } from "../call-options.ts";
import { type Call, callForText, callJson } from "../http-call.ts";
import type { ApiCalls } from "../api-calls.ts";

/** Who may call. */
export function tokenCalls(calls: ApiCalls) {
  return {
    /** The only answer that holds the token's secret. */
    createToken(request: CreateTokenRequest, options: OnceOptions = {}): Promise<NewToken> {
      return calls.once("/v1/tokens", request, newTokenSchema, options);
    },

    async listTokens(options: CallOptions = {}): Promise<TokenRow[]> {
      return (await calls.get("/v1/tokens", tokenListSchema, {}, options)).tokens;
    },

    /** Another secret for the same token; the former one opens for an hour more unless the request says otherwise. */
    rotateToken(tokenId: string, request: RotateTokenRequest = {}, options: OnceOptions = {}): Promise<NewToken> {
      return calls.once(`/v1/tokens/${encodeURIComponent(tokenId)}/rotate`, request, newTokenSchema, options);
    },

    /** Name, expiry or limits; its secret stays. What the request leaves out is not changed. */
    changeToken(tokenId: string, request: ChangeTokenRequest, options: CallOptions = {}): Promise<TokenRow> {
      const path = `/v1/tokens/${encodeURIComponent(tokenId)}`;
      const call: Call = { method: "PATCH", path, body: JSON.stringify(request), repeatable: true, ...options };
      return callJson(calls.target, call, tokenRowSchema);
    },

    /** Revoking twice is revoking once; the last admin token stays (LAST_ADMIN). */
    async revokeToken(tokenId: string, options: CallOptions = {}): Promise<void> {
      const path = `/v1/tokens/${encodeURIComponent(tokenId)}`;
      await callForText(calls.target, { method: "DELETE", path, repeatable: true, ...options });
    },
  };
}
