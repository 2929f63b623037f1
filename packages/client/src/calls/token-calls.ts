import {
  type CreateTokenRequest,
  type NewToken,
  newTokenSchema,
  type RotateTokenRequest,
  tokenListSchema,
  type TokenRow,
} from "@sluice/contracts";
import type { CallOptions } from "../call-options.ts";
import { callForText } from "../http-call.ts";
import type { ApiCalls } from "../api-calls.ts";

/** Who may call. */
export function tokenCalls(calls: ApiCalls) {
  return {
    /** The only answer that holds the token's secret. */
    createToken(request: CreateTokenRequest, options: CallOptions = {}): Promise<NewToken> {
      return calls.post("/v1/tokens", request, newTokenSchema, options);
    },

    async listTokens(options: CallOptions = {}): Promise<TokenRow[]> {
      return (await calls.get("/v1/tokens", tokenListSchema, {}, options)).tokens;
    },

    /** Another secret for the same token; the former one opens for an hour more unless the request says otherwise. */
    rotateToken(tokenId: string, request: RotateTokenRequest = {}, options: CallOptions = {}): Promise<NewToken> {
      return calls.post(`/v1/tokens/${encodeURIComponent(tokenId)}/rotate`, request, newTokenSchema, options);
    },

    /** Revoking twice is revoking once; the last admin token stays (LAST_ADMIN). */
    async revokeToken(tokenId: string, options: CallOptions = {}): Promise<void> {
      const path = `/v1/tokens/${encodeURIComponent(tokenId)}`;
      await callForText(calls.target, { method: "DELETE", path, repeatable: true, ...options });
    },
  };
}
