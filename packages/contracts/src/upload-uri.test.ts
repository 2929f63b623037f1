import { describe, expect, test } from "bun:test";
import { parseUploadUri, uploadUri } from "./upload-uri.ts";

const HASH = "0123456789abcdef".repeat(4);

describe("upload URIs", () => {
  test("keep every name", () => {
    for (const name of [
      "a.pdf",
      "a b/c.pdf",
      "../../etc/passwd",
      "ü\r\nX-Y: z",
      "<script>",
      "100%",
      "a#/b",
      "日本語",
    ]) {
      const uri = uploadUri(HASH, name);
      expect(uri).toMatch(/^[\x21-\x7e]+$/);
      expect(parseUploadUri(uri)).toEqual({ contentHash: HASH, name, member: "" });
      expect(parseUploadUri(`${uri}#/in%20it.pdf`)).toEqual({ contentHash: HASH, name, member: "#/in%20it.pdf" });
    }
  });

  test("are nothing else", () => {
    for (const uri of [
      "upload://",
      `upload://${HASH}`,
      `upload://${HASH}/`,
      `upload://${HASH.toUpperCase()}/a`,
      `upload://../${HASH}/a`,
      `upload://${HASH.slice(1)}/a`,
      `upload://${HASH}/a b`,
      `upload://${HASH}/a%zz`,
      `upload://${HASH}/a%00`,
      `upload://${HASH}/a?x=1`,
      `file:///${HASH}/a`,
    ]) {
      expect(parseUploadUri(uri)).toBeNull();
    }
  });
});
