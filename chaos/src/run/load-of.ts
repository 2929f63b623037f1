import { basename } from "node:path";
import { formatSource, type ItemSubmission, uploadVersion } from "@sluice/contracts";
import type { DocumentSet, KnownDocument } from "../documents/document-set.ts";
import type { Submission } from "../plan/plan.ts";
import type { PlacedObject } from "../client/place-objects.ts";

/** Where documents lie that coordinators list. */
export const BUCKET = "papers";

/** What a client is given of a batch. */
export interface Load {
  /** None where coordinators list them. */
  readonly items: ItemSubmission[];
  /** What is uploaded, by ordinal. */
  readonly files: string[];
  readonly sources: string[];
}

export interface BatchLoad extends Load {
  /** What must become of it, by ordinal. */
  readonly expected: readonly { readonly uri: string; readonly document: KnownDocument }[];
  /** What must lie in the bucket before. */
  readonly objects: readonly PlacedObject[];
}

/** A batch of the plan as files, uploads or objects of a bucket, with the items that must come of it. */
export function loadOf(submission: Submission, documents: DocumentSet): BatchLoad {
  const items = submission.documents.map((reference, ordinal) => documents.item(reference, ordinal));
  switch (submission.carrier) {
    case "files":
      return {
        items: items.map((item) => item.submission),
        files: [],
        sources: [],
        expected: items.map(({ known, submission: { uri } }) => ({ uri, document: known })),
        objects: [],
      };
    case "uploads": {
      const named = items.map((item) => {
        const { contentHash } = item.known;
        if (contentHash === null) throw new Error(`${item.known.name} has no bytes to upload`);
        const uri = formatSource({ scheme: "upload", contentHash, name: basename(item.path) });
        return { ...item, submission: { ...item.submission, uri, sourceVersion: uploadVersion(contentHash) } };
      });
      return {
        items: named.map((item) => item.submission),
        files: named.map(({ path }) => path),
        sources: [],
        expected: named.map(({ known, submission: { uri } }) => ({ uri, document: known })),
        objects: [],
      };
    }
    case "bucket": {
      const below = (folder: number) => `${submission.name.replaceAll(" ", "-")}/${folder}/`;
      const placed = items.map(({ known, path }, ordinal) => ({
        known,
        path,
        folder: ordinal % submission.folders,
        key: below(ordinal % submission.folders) + basename(path),
      }));
      // Sources one after the other, each in the order of its keys.
      const sorted = placed.toSorted((left, right) => left.folder - right.folder || (left.key < right.key ? -1 : 1));
      const folders = [...new Set(sorted.map(({ folder }) => folder))];
      return {
        items: [],
        files: [],
        sources: folders.map((folder) => `s3://${BUCKET}/${below(folder)}`),
        expected: sorted.map(({ known, key }) => ({
          uri: formatSource({ scheme: "s3", bucket: BUCKET, key }),
          document: known,
        })),
        objects: placed.map(({ key, path }) => ({ key, path })),
      };
    }
  }
}
